#!/usr/bin/env python3
#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes or prints a .npy file: npy.py write FILE DESCR SHAPE NUMBERS... | npy.py show FILE"""

import struct
import sys


def write(path, descr, shape, *numbers):
    order = "True" if descr.endswith("F") else "False"
    descr = descr.rstrip("F")
    header = f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}\n"
    letter = {"<f4": "f", "<f8": "d", "<i8": "q", "|b1": "?"}[descr]
    kind = int if letter == "q" else float
    data = struct.pack(f"<{len(numbers)}{letter}", *map(kind, numbers))
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)))
        file.write(header.encode() + data)


def show(path):
    data = open(path, "rb").read()
    size = struct.unpack("<H", data[8:10])[0]
    assert (10 + size) % 64 == 0
    print(data[10 : 10 + size].decode().strip())
    print(*[x for (x,) in struct.iter_unpack("<f", data[10 + size :])])


{"write": write, "show": show}[sys.argv[1]](*sys.argv[2:])
