# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""benchmark_import.py RESULTS.json ONCE MODEL...: the table of scripts/benchmark-import.

Two comparisons with load() and infer_shapes() of ONNX's Python package: every
model once, in one program (what is set up at first use counts for both), and
repeated (the best of five against the mean).
"""

import json
import pathlib
import sys
import time

import onnx
import onnx.shape_inference


def python_ms(path):
    """Milliseconds of one run; None if the package refuses the model."""
    start = time.perf_counter()
    try:
        onnx.shape_inference.infer_shapes(onnx.load(path, load_external_data=False))
    except Exception:
        return None
    return 1e3 * (time.perf_counter() - start)


results_path, once_path, *models = sys.argv[1:]
with open(results_path) as results:
    warm = {
        b["name"]: b["cpu_time"]
        for b in json.load(results)["benchmarks"]
        if not b.get("error_occurred")
    }
with open(once_path) as lines:
    once = dict(line.rsplit(" ", 1) for line in lines.read().splitlines())

python_once = [python_ms(path) for path in models]
python_warm = [min((python_ms(path) or 0) for _ in range(5)) for path in models]

heads = "model", "MB", "read", "import", "Python", "ratio", "once", "Python", "ratio"
print(("{:<40}" + " {:>8}" * 8).format(*heads))
sums = [0.0] * 4
for path, slow, fast in zip(models, python_once, python_warm):
    name = pathlib.Path(path).stem
    if "import/" + name not in warm or slow is None:
        print(f"{name:<40} is refused")
        continue
    row = [warm["import/" + name], fast, float(once[name]), slow]
    sums = [a + b for a, b in zip(sums, row)]
    size = pathlib.Path(path).stat().st_size / 1e6
    read = warm["read/" + name]
    print(
        f"{name:<40} {size:8.2f} {read:8.2f} {row[0]:8.2f} {row[1]:8.2f} {row[1] / row[0]:8.1f}"
        f" {row[2]:8.2f} {row[3]:8.2f} {row[3] / row[2]:8.1f}"
    )
print(
    f"{'all (milliseconds)':<40} {'':8} {'':8} {sums[0]:8.2f} {sums[1]:8.2f} {sums[1] / sums[0]:8.1f}"
    f" {sums[2]:8.2f} {sums[3]:8.2f} {sums[3] / sums[2]:8.1f}"
)
