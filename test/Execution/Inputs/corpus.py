# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs real models and compares values: corpus.py OHAS_OPT FOLDER LEAST_EQUAL

FOLDER/ref/ort/NAME.json has what ONNX Runtime computed: the first values, the
sum and the largest of each output, of inputs that a seed gives. Prints what
differs and why others do not run; exit status 1 if anything differs that DIFFERS
does not explain, or if fewer than LEAST_EQUAL agree.
"""

import json
import math
import pathlib
import re
import sys
import tempfile

import models


SKIPPED = {}  # name: reason

DIFFERS = {
    "phi_noopt_fwd": "(known: scores beyond 65504 are infinite in 16 bits, as the "
    "model has them; ONNX Runtime keeps 32 on a CPU)",
}


def value(kind, fill, i, state):
    if kind in (1, 11):
        return 2 * state / 0x7FFFFFFF - 1
    if kind == 10:
        return 0.5
    if kind in (2, 3):
        return (state >> 8) % 100
    if kind == 9:
        return fill != "zero"
    return {"one": 1, "zero": 0, "arange": i}[fill]


def write(path, entry):
    """An input as a .npy file, by the generator that the reference names."""
    kind, dims = entry["et"], entry["dims"]
    count = math.prod(dims)
    state, values = 12345, []
    for i in range(count):
        # In doubles, rounding and all, as where the references were made.
        state = int(state * 1103515245.0 + 12345.0) & 0x7FFFFFFF
        values.append(value(kind, entry["fill"], i, state))
    models.write_npy(path, kind, dims, values)


def numbers(text):
    return [float(x) for x in text.split(", ") if x]


def close(a, b, scale=0):
    if isinstance(b, str):  # NaN and the like
        b = float(b)
    return a == b or a != a and b != b or abs(a - b) <= 1e-3 * max(abs(b), scale) + 1e-6


def judge(path):
    name = path.stem
    if name in SKIPPED:
        return "skipped: " + SKIPPED[name]
    reference = json.loads(path.read_text())
    model = folder / reference["model"].removeprefix("public/")
    sizes = {entry["name"]: entry["dims"] for entry in reference["inputs"]}
    command = [tool, model, "--run", *models.open_dims(model, sizes)]
    with tempfile.TemporaryDirectory() as work:
        for i, entry in enumerate(reference["inputs"]):
            if entry["et"] in (1, 2, 3, 9, 10, 11) and entry["fill"] == "one":
                command.append(f"--input={entry['name']}=seed:12345")
            else:
                file = pathlib.Path(work) / f"{i}.npy"
                write(file, entry)
                command.append(f"--input={entry['name']}={file}")
        printed, why = models.output_of(command)
    if why:
        return why
    outputs = re.findall(
        r"^output (.*?): (\S+) first \[(.*?)\](?: min (\S+) max (\S+) mean (\S+) sum (\S+))?$",
        printed,
        flags=re.M,
    )
    found = {name: rest for name, *rest in outputs}
    compared = 0
    for name, wanted in reference["outputs"].items():
        if name not in found:
            return f"DIFFERS: no output '{name}'"
        kind, first, least, most, mean, total = found[name]
        dims = [int(d) for d in kind.split("x")[:-1]]
        if dims != wanted["dims"]:
            return f"DIFFERS: '{name}' is {dims}, not {wanted['dims']}"
        if "first" not in wanted or not dims and not first:
            continue
        compared += 1
        # What cancels out is as exact as what it is made of.
        scale = max([abs(float(most or 0)), abs(float(least or 0))]) * 0.01
        for i, (a, b) in enumerate(zip(numbers(first), wanted["first"])):
            if not close(a, b, scale):
                return f"DIFFERS: '{name}'[{i}] is {a}, not {b}"
        if first and wanted.get("max") is not None and not close(float(most), wanted["max"]):
            return f"DIFFERS: the largest of '{name}' is {most}, not {wanted['max']}"
        count = 1
        for dim in dims:
            count *= dim
        # Every element may be off by what is nothing to the largest.
        spread = max(scale * count**0.5, 1e-3 * count)
        if first and wanted.get("sum") is not None and not close(
            float(total), wanted["sum"], spread
        ):
            return f"DIFFERS: the sum of '{name}' is {total}, not {wanted['sum']}"
    return "equal" if compared else "the reference has shapes only"


tool, folder = sys.argv[1], pathlib.Path(sys.argv[2])
places = sorted((folder / "ref" / "ort").glob("*.json"))
sys.exit(not models.judge_all(places, judge, DIFFERS, int(sys.argv[3])))
