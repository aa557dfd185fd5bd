# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Reads what tests need of ONNX models and tensors, and reads and writes .npy files;
judges many models and sums up."""

import ast
import collections
import concurrent.futures
import math
import re
import struct
import subprocess

# By the number that ONNX gives an element type: of struct, and of .npy files.
STRUCT = {1: "f", 2: "B", 3: "b", 4: "H", 5: "h", 6: "i", 7: "q", 9: "?", 10: "e", 11: "d",
          12: "I", 13: "Q"}
NUMPY = {1: "<f4", 2: "|u1", 3: "|i1", 4: "<u2", 5: "<i2", 6: "<i4", 7: "<i8", 9: "|b1",
         10: "<f2", 11: "<f8", 12: "<u4", 13: "<u8"}


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data, wanted):
    """The contents of those fields of a message of protobuf."""
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        else:
            size, at = varint(data, at) if tag & 7 == 2 else ({1: 8, 5: 4}[tag & 7], at)
            value, at = data[at : at + size], at + size
        if tag >> 3 == wanted:
            yield value


def text(message, field):
    return bytes(next(fields(message, field), b"")).decode()


def graph_inputs(model):
    """(name, element type or None, dims: number, name or None) of each input."""
    for graph in fields(memoryview(model.read_bytes()), 7):
        for given in fields(graph, 11):
            kind, dims = None, []
            for tensor in [t for k in fields(given, 2) for t in fields(k, 1)]:
                kind = next(fields(tensor, 1), None)
                for shape in fields(tensor, 2):
                    dims = [
                        next(fields(dim, 1), 0) or text(dim, 2) or None
                        for dim in fields(shape, 1)
                    ]
            yield text(given, 1), kind, dims


def initialised(model):
    """The names of the graph's weights, which old models list as inputs too."""
    return {
        text(tensor, 8)
        for graph in fields(memoryview(model.read_bytes()), 7)
        for tensor in fields(graph, 5)
    }


def open_dims(model, sizes):
    """Options that fix the dims that the model leaves open; `sizes` has the dims of each
    input by name."""
    found = {}
    for name, _, dims in graph_inputs(model):
        for axis, dim in enumerate(dims):
            if name in sizes and not isinstance(dim, int):
                found[dim or f"{name}:{axis}"] = sizes[name][axis]
    return [f"--dim={name}={size}" for name, size in found.items()]


def write_npy(path, kind, dims, values):
    shape = "(" + "".join(f"{dim}, " for dim in dims) + ")"
    header = f"{{'descr': '{NUMPY[kind]}', 'fortran_order': False, 'shape': {shape}, }}"
    header += " " * (63 - (10 + len(header)) % 64) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\1\0" + struct.pack("<H", len(header)) + header.encode())
        file.write(struct.pack(f"<{len(values)}{STRUCT[kind]}", *values))


def read_npy(data):
    """(dims, values)"""
    return read_typed_npy(data)[1:]


def read_typed_npy(data):
    """(element type, dims, values)"""
    size = struct.unpack("<H", data[8:10])[0]
    header = ast.literal_eval(data[10 : 10 + size].decode())
    kind = next(kind for kind, name in NUMPY.items() if name == header["descr"])
    assert not header["fortran_order"]
    dims = list(header["shape"])
    return kind, dims, struct.unpack_from(f"<{math.prod(dims)}{STRUCT[kind]}", data, 10 + size)


def read_tensor(data):
    """(dims, values) of a TensorProto."""
    data = memoryview(data)
    dims = []
    for dim in fields(data, 1):
        at = 0
        while not isinstance(dim, int) and at < len(dim):
            value, at = varint(dim, at)
            dims.append(value)
        if isinstance(dim, int):
            dims.append(dim)
    kind, count = next(fields(data, 2)), math.prod(dims)
    raw = next(fields(data, 9), None)
    if raw is None:
        assert kind == 1, "only floats are read from fields of their own"
        raw = b"".join(bytes(part) for part in fields(data, 4))
    return dims, struct.unpack_from(f"<{count}{STRUCT[kind]}", raw)


SECONDS = 500  # for a model, on a machine that does other things too


def output_of(command):
    """What a run of the tool prints, or None; and why it prints nothing, in a line."""
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return None, f"error: takes more than {SECONDS} s"
    if run.returncode:
        said = [line for line in run.stderr.splitlines() if "error: " in line]
        return None, said[0] if run.returncode == 1 and said else "DIFFERS: crashed"
    return run.stdout, None


def judge_all(places, judge, explained, least_equal):
    """Judges models, two at a time, by the names of their places. Prints what differs and
    why others do not run. True if nothing differs that is not explained, and enough is
    equal."""
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = dict(zip((place.stem for place in places), pool.map(judge, places)))
    reasons = collections.defaultdict(list)
    bad = 0
    for name, result in results.items():
        if result.startswith("DIFFERS"):
            bad += name not in explained
            print(f"{name}: {result} {explained.get(name, '')}")
        elif result != "equal":
            reason = re.sub(r" \((\d+ times, first )?at node '[^']*'\)", "", result)
            reason = re.sub(r"^\S+\.onnx: ", "", reason.split("error: ")[-1])
            reasons[reason[:100]].append(name)
    for reason, names in sorted(reasons.items(), key=lambda item: -len(item[1])):
        print(f"{len(names):3} {reason}: {', '.join(names)}")
    equal = list(results.values()).count("equal")
    print(f"{equal} of {len(places)} equal, {bad} differ without an explanation")
    return not bad and equal >= least_equal
