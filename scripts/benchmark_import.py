# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""benchmark_import.py RESULTS.json MODEL...: the table of scripts/benchmark-import.

Times load() and infer_shapes() of ONNX's Python package on the same files; a
model that it refuses counts with the time until then.
"""

import json
import pathlib
import sys
import time

import onnx
import onnx.shape_inference


def python_seconds(path):
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        try:
            model = onnx.load(path, load_external_data=False)
            onnx.shape_inference.infer_shapes(model)
        except Exception:
            pass
        best = min(best, time.perf_counter() - start)
    return best


with open(sys.argv[1]) as results:
    times = {
        b["name"]: b["cpu_time"]
        for b in json.load(results)["benchmarks"]
        if not b.get("error_occurred")
    }
print(f"{'model':<44} {'MB':>6} {'read ms':>9} {'import ms':>10} {'Python ms':>10} {'ratio':>7}")
ours = theirs = 0.0
for path in sys.argv[2:]:
    name = pathlib.Path(path).stem
    if "import/" + name not in times:
        print(f"{name:<44} is refused")
        continue
    read, imported = times["read/" + name], times["import/" + name]
    python = 1e3 * python_seconds(path)
    ours, theirs = ours + imported, theirs + python
    megabytes = pathlib.Path(path).stat().st_size / 1e6
    print(f"{name:<44} {megabytes:6.2f} {read:9.3f} {imported:10.3f} {python:10.2f} {python / imported:7.1f}")
print(f"{'all':<44} {'':>6} {'':>9} {ours:10.3f} {theirs:10.2f} {theirs / ours:7.1f}")
