# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs real models on what their authors stored: upstream.py OHAS_OPT FOLDER LEAST_EQUAL

FOLDER/ref/NAME has inputs and outputs of FOLDER/NAME.onnx, as tensors of ONNX or of
numpy. Prints what differs and why others do not run; exit status 1 if anything differs
that DIFFERS does not explain, or if fewer than LEAST_EQUAL agree.
"""

import math
import pathlib
import re
import sys
import tempfile
import zipfile

import models

RELATIVE = 1e-3

DIFFERS = {
    "microllama1_fp32_deeploy": "(known: the softmax of its opset 10 is over all axes from "
    "1 on; its authors computed one over the last)",
}

# Only the probabilities are stored, not the label before them.
LAST_OUTPUTS = {"lgbm_classifier_tensor"}


def numbered(name):
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", name)]


def arrays(path):
    """name: (dims, values) in the order of their numbers."""
    with zipfile.ZipFile(path) as archive:
        return {
            name.removesuffix(".npy"): models.read_npy(archive.read(name))
            for name in sorted(archive.namelist(), key=numbered)
        }


def stored(place, kind):
    """The inputs or outputs, in order."""
    if (place / "io.npz").exists():
        both = arrays(place / "io.npz")
        return [v for name, v in both.items() if (name == "input") == (kind == "input")]
    if (place / f"{kind}s.npz").exists():
        return list(arrays(place / f"{kind}s.npz").values())
    files = sorted(place.glob(f"{kind}_*.pb"), key=lambda path: numbered(path.name))
    return [models.read_tensor(path.read_bytes()) for path in files]


def ramp(dims):
    """What ONNX's own tests take where no input is stored."""
    dims = [dim if isinstance(dim, int) else 1 for dim in dims]
    count = math.prod(dims)
    return dims, [i / count for i in range(count)]


def inputs_of(place, model):
    """name: (type, dims, values) of all inputs that are no weights."""
    weights = models.initialised(model)
    wanted = list(models.graph_inputs(model))
    given = stored(place, "input")
    if not given:
        given = [ramp(dims) for _, _, dims in wanted]
    return {
        name: (kind, dims, values)
        for (name, kind, _), (dims, values) in zip(wanted, given)
        if name not in weights
    }


def difference(found, wanted):
    (dims, values), (wanted_dims, wanted_values) = found, wanted
    if dims != wanted_dims:
        return f"is {dims}, not {wanted_dims}"
    # What cancels out is as exact as what it is made of.
    scale = 0.01 * max((abs(x) for x in wanted_values), default=0)
    for i, (a, b) in enumerate(zip(values, wanted_values)):
        if not abs(a - b) <= RELATIVE * max(abs(b), scale) + 1e-7:
            return f"[{i}] is {a}, not {b}"
    return ""


def judge(place):
    model = folder / f"{place.name}.onnx"
    inputs = inputs_of(place, model)
    sizes = {name: dims for name, (_, dims, _) in inputs.items()}
    with tempfile.TemporaryDirectory() as work:
        command = [tool, model, "--run", f"--output-dir={work}", *models.open_dims(model, sizes)]
        tensors = sorted(place.glob("input_*.pb"), key=lambda path: numbered(path.name))
        for i, (name, (kind, dims, values)) in enumerate(inputs.items()):
            file = pathlib.Path(work) / f"{i}.npy"
            if kind not in models.NUMPY:
                return "error: an input that is no tensor of numbers"
            if tensors:
                file = tensors[i]
            elif kind in (1, 10, 11):
                models.write_npy(file, kind, dims, values)
            else:
                models.write_npy(file, kind, dims, [int(value) for value in values])
            command.append(f"--input={name}={file}")
        printed, why = models.output_of(command)
        if why:
            return why
        names = re.findall(r"^output (.*?): \S+ first \[", printed, flags=re.M)
        wanted = stored(place, "output")
        if len(names) < len(wanted):
            return f"DIFFERS: has {len(names)} outputs, not {len(wanted)}"
        pick = range(len(wanted))
        if place.name in LAST_OUTPUTS:
            pick = range(len(names) - len(wanted), len(names))
        for i, output in zip(pick, wanted):
            file = pathlib.Path(work) / (re.sub(r"[^\w.-]", "_", names[i], flags=re.A) + ".npy")
            found = models.read_npy(file.read_bytes())
            if why := difference(found, output):
                return f"DIFFERS: '{names[i]}' {why}"
    return "equal"


tool, folder = sys.argv[1], pathlib.Path(sys.argv[2])
places = sorted(p for p in (folder / "ref").iterdir() if p.is_dir() and p.name != "ort")
sys.exit(not models.judge_all(places, judge, DIFFERS, int(sys.argv[3])))
