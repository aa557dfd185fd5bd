#!/usr/bin/env python3
#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs ONNX's backend tests and compares values: backend_values.py DIR WORK AT_LEAST

DIR has a folder a test: model.onnx, test_data_set_0/{input,output}_N.pb. Prints a
line for each test that differs, the reasons why others do not run, and counts;
exit status 1 if a test differs that is not known to, or if fewer than AT_LEAST pass.
"""

import collections
import concurrent.futures
import math
import pathlib
import re
import struct
import subprocess
import sys

# TensorProto's data types: struct's letter, and the field that typed data is in.
TYPES = {
    1: ("f", 4), 2: ("B", 5), 3: ("b", 5), 4: ("H", 5), 5: ("h", 5), 6: ("i", 5),
    7: ("q", 7), 9: ("B", 5), 10: ("e", 5), 11: ("d", 10), 12: ("I", 11),
    13: ("Q", 11),
}  # fmt: skip
NUMPY = {"|u1": "B", "|i1": "b", "|b1": "B", "<u2": "H", "<i2": "h", "<i4": "i",
         "<i8": "q", "<f2": "e", "<f4": "f", "<f8": "d", "<u4": "I", "<u8": "Q"}  # fmt: skip

# What the importer does not keep of attentions: which scores an output asks
# for, lengths without padding, rows that are all masked, functions of scores.
KNOWN = re.compile(
    r"flexattention|attention.*(qk_matmul_|nonpad|fullymasked|nan_robust)"
)


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data):
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        wire = tag & 7
        if wire == 0:
            value, at = varint(data, at)
        elif wire == 2:
            size, at = varint(data, at)
            value, at = data[at : at + size], at + size
        else:
            size = 4 if wire == 5 else 8
            value, at = data[at : at + size], at + size
        yield tag >> 3, value


def unpacked(letter, value):
    """Numbers of a packed field of varints, or of a fixed size."""
    if letter in "fd":
        return list(struct.iter_unpack("<" + letter, value))
    numbers, at = [], 0
    while at < len(value):
        number, at = varint(value, at)
        numbers.append(number)
    return numbers


def tensor(path):
    """(name, dims, values) of a TensorProto; values are None if unknown."""
    name, dims, kind, raw, typed = "", [], 0, None, []
    for field, value in fields(path.read_bytes()):
        if field == 1:
            dims += unpacked("q", value) if isinstance(value, bytes) else [value]
        elif field == 2:
            kind = value
        elif field == 8:
            name = value.decode()
        elif field == 9:
            raw = value
        elif field in (4, 5, 7, 10, 11):
            typed.append((field, value))
    if kind not in TYPES:
        return name, dims, None
    letter = TYPES[kind][0]
    if raw is None:
        return name, dims, [] if 0 in dims else None
    return name, dims, [x for (x,) in struct.iter_unpack("<" + letter, raw)]


def npy(path):
    data = path.read_bytes()
    size = struct.unpack("<H", data[8:10])[0]
    header = data[10 : 10 + size].decode()
    kind = re.search(r"'descr': '([^']*)'", header).group(1)
    if kind not in NUMPY:
        return None
    return [x for (x,) in struct.iter_unpack("<" + NUMPY[kind], data[10 + size :])]


def close(a, b):
    if isinstance(a, float) and (math.isnan(a) or math.isinf(a)):
        return a == b or (math.isnan(a) and math.isnan(b))
    return abs(a - b) <= 1e-7 + 1e-3 * abs(b)


def number(path):
    return int(path.stem.split("_")[-1])


def asked(command):
    """The names of the inputs, which the error of a run without them lists."""
    done = subprocess.run(command, capture_output=True, text=True)
    return re.findall(r"'([^']*)' \(", done.stderr)


def run(folder, work):
    data = folder / "test_data_set_0"
    out = work / folder.name
    command = ["ohas-opt", folder / "model.onnx", "--run", f"--output-dir={out}"]
    try:
        paths = sorted(data.glob("input_*.pb"), key=number)
        names = [tensor(path)[0] for path in paths]
        if not all(names):
            names = asked(command)
        command += [f"--input={n}={path}" for n, path in zip(names, paths)]
        wanted = [tensor(p) for p in sorted(data.glob("output_*.pb"), key=number)]
    except (IndexError, UnicodeDecodeError, struct.error, TypeError):
        return "no tensors"
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode:
        lines = [l for l in done.stderr.splitlines() if "error: " in l]
        return "crash" if done.returncode != 1 or not lines else lines[0]
    given = re.findall(r"^output (.*?): ", done.stdout, flags=re.M)
    for (name, dims, values), position in zip(wanted, given):
        name = name or position
        file = out / (re.sub(r"[^A-Za-z0-9._-]", "_", name) + ".npy")
        got = npy(file) if file.exists() else None
        if values is None or got is None:
            return "no tensors"
        if len(got) != len(values):
            return f"DIFFERS {name}: {len(got)} values, not {len(values)}"
        for i, (a, b) in enumerate(zip(got, values)):
            if not close(a, b):
                return f"DIFFERS {name}[{i}]: {a} is not {b}"
    return "pass"


def main(folder, work, at_least):
    tests = sorted(p.parent for p in pathlib.Path(folder).glob("*/model.onnx"))
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda t: run(t, pathlib.Path(work)), tests))
    reasons = collections.Counter()
    bad = 0
    for test, result in zip(tests, results):
        if result.startswith("DIFFERS") or result == "crash":
            known = KNOWN.search(test.name) and result != "crash"
            bad += not known
            print(f"{test.name}: {result}{' (known)' if known else ''}")
        elif result != "pass":
            reason = result.split("error: ")[-1].split(": ", 1)[-1]
            reasons[re.sub(r" \((\d+ times, first )?at node '[^']*'\)", "", reason)] += 1
    for reason, count in reasons.most_common():
        print(f"{count:4} {reason}")
    passed = results.count("pass")
    print(f"{passed} of {len(tests)} as computed, {bad} differ that are not known to")
    sys.exit(passed < int(at_least) or bad > 0)


main(*sys.argv[1:])
