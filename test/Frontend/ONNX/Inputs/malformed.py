# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Judges the import of malformed models: malformed.py OHAS_OPT FOLDER

FOLDER/MANIFEST.tsv says which are to be rejected and which accepted. Rejected
is an exit status of 1 with one line of error; none may crash, take more than
512 MB, or (by far) more than the seconds that it may take.
"""

import concurrent.futures
import csv
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

MEGABYTES, SECONDS = 512, 60


def run(command):
    """(exit status, standard error, peak MB); status None after SECONDS."""
    with tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=err)
        timer = threading.Timer(SECONDS, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        hung = not timer.is_alive()
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        err.seek(0)
        text = err.read().decode(errors="replace")
    return None if hung else process.returncode, text, usage.ru_maxrss / 1024


def is_incomplete(row):
    """External data that is not beside the model cannot be judged."""
    return row["category"] == "external" and row["expect"] == "reject" and row["file"] in absent


def judge(row):
    status, text, megabytes = run([tool, folder / row["file"], "-o", os.devnull])
    errors = [line for line in text.splitlines() if "error: " in line]
    if status not in (0, 1):
        return f"ends with {status}"
    if megabytes > MEGABYTES:
        return f"takes {megabytes:.0f} MB"
    if status == 1 and len(errors) != 1:
        return f"has {len(errors)} lines of error"
    if row["expect"] == "reject" and status == 0 and not is_incomplete(row):
        return "is accepted"
    if row["expect"] == "accept" and status == 1:
        return "is rejected: " + errors[0]
    return None


tool, folder = sys.argv[1], pathlib.Path(sys.argv[2])
# Models that fail for what is in their external data, where that is a link or a
# file that was not handed on with them.
absent = {
    name
    for name, data in {
        "x_symlink_escape.onnx": "link_escape.bin",
        "x_symlink_dev_zero.onnx": "link_dev_zero.bin",
        "x_symlink_loop.onnx": "link_loop.bin",
        "x_offset_past_end.onnx": "good_weights.bin",
    }.items()
    if not os.path.lexists(folder / data)
}
with open(folder / "MANIFEST.tsv") as manifest:
    rows = list(csv.DictReader(manifest, delimiter="\t"))
with concurrent.futures.ThreadPoolExecutor() as pool:
    verdicts = list(pool.map(judge, rows))
wrong = [(row["file"], why) for row, why in zip(rows, verdicts) if why]
for name, why in wrong:
    print(name, why)
print(f"{len(rows) - len(wrong)} of {len(rows)} as expected, {len(absent)} without their external data")
sys.exit(bool(wrong))
