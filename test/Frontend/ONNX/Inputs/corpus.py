# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Imports all models of a corpus: corpus.py OHAS_OPT FOLDER LEAST_IMPORTED

Multiply-accumulates of the imported IR are compared with the manifest's, where
it counted them for static shapes. What does not import must say why.
"""

import concurrent.futures
import csv
import math
import pathlib
import re
import subprocess
import sys


def dims(tensor):
    prefix = re.match(r"tensor<((?:[0-9?]+x)*)", tensor).group(1)
    return [math.nan if d == "?" else int(d) for d in prefix.split("x")[:-1]]


def macs(ir):
    trips = {
        name: int(value)
        for name, value in re.findall(r"(%\S+) = arith\.constant (\d+) : index", ir)
    }
    total, loops = 0, []  # (indentation, trip count) of the loops around a line
    for line in ir.split("\n"):
        indent = len(line) - len(line.lstrip())
        while loops and indent <= loops[-1][0]:
            loops.pop()
        loop = re.search(r"scf\.for \S+ = \S+ to (%\S+) step", line)
        if loop or "scf.while" in line:
            loops.append((indent, trips.get(loop.group(1), math.nan) if loop else math.nan))
        op = re.search(r"optical\.(conv|conv_transpose|matmul) ", line)
        if not op:
            continue
        types = re.findall(r"tensor<[^>]*>", line[line.rindex(" : ") :])
        left, right, result = map(dims, types[-3:])
        if op.group(1) == "conv":
            count = math.prod(result) * math.prod(right[1:])
        elif op.group(1) == "conv_transpose":
            count = math.prod(left) * math.prod(right[1:])
        else:
            count = math.prod(result) * left[-2 if "transpose_lhs" in line else -1]
        total += count * math.prod(trip for _, trip in loops)
    return total


def judge(row):
    run = subprocess.run(
        [tool, folder / row["file"]], capture_output=True, text=True, errors="replace"
    )
    if run.returncode:
        said = [line for line in run.stderr.splitlines() if "error: " in line]
        return "refused" if run.returncode == 1 and len(said) == 1 else "crashed"
    if (
        row["macs"].isdigit()
        and int(row["macs"])
        and row["macs_how"].startswith("static shape inference")
        and not row["macs_bindings"]
        and macs(run.stdout) != int(row["macs"])
    ):
        return "macs differ"
    return "imported"


tool, folder, least = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
with open(folder / "MANIFEST.tsv") as manifest:
    rows = list(csv.DictReader(manifest, delimiter="\t"))
with concurrent.futures.ThreadPoolExecutor() as pool:
    results = list(pool.map(judge, rows))
wrong = [
    (row["file"], result)
    for row, result in zip(rows, results)
    if result in ("crashed", "macs differ")
]
for name, result in wrong:
    print(name, result)
print(results.count("imported"), "of", len(rows), "imported")
sys.exit(bool(wrong) or results.count("imported") < least)
