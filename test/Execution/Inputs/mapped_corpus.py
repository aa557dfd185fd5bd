# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs real models untiled and as the loops of their mappings, and compares all
values: mapped_corpus.py OHAS_OPT FOLDER ACCELERATOR NAME...

Integers are equal, floats within 1e-4 of the largest of their output. Prints
what differs or does not run; exit status 1 if anything does.
"""

import concurrent.futures
import pathlib
import subprocess
import sys
import tempfile

import models

FLOATS = {1, 10, 11}  # as ONNX numbers them


def run(name, folder, *options):
    command = [tool, corpus / f"{name}.onnx", "--run", "--input=seed:7",
               "--dim-default=1", f"--output-dir={folder}", *options]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-200:])
    return {path.name: models.read_typed_npy(path.read_bytes()) for path in folder.iterdir()}


def judge(name):
    """What is wrong, or None."""
    with tempfile.TemporaryDirectory() as work:
        try:
            plain = run(name, pathlib.Path(work) / "plain")
            mapped = run(name, pathlib.Path(work) / "mapped", "--mapped",
                         f"--accelerator={accelerator}")
        except RuntimeError as error:
            return str(error)
    if not plain or plain.keys() != mapped.keys():
        return "the outputs are others"
    for output, (kind, dims, values) in plain.items():
        other, shape, found = mapped[output]
        if kind != other or dims != shape:
            return f"{output} has another type"
        most = max(map(abs, values), default=0)
        apart = max((abs(a - b) for a, b in zip(values, found)), default=0)
        if apart > (1e-4 * most + 1e-9 if kind in FLOATS else 0):
            return f"{output} is {apart} apart, of at most {most}"
    return None


tool, corpus, accelerator, names = (
    sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], sys.argv[4:])
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    results = dict(zip(names, pool.map(judge, names)))
for name, wrong in results.items():
    if wrong:
        print(f"{name}: {wrong}")
print(f"{sum(not wrong for wrong in results.values())} of {len(names)} compute the same")
sys.exit(any(results.values()))
