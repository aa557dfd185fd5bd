# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""counts.py REPORT.json: how often each layer runs, and all multiply-accumulates."""

import json
import sys

with open(sys.argv[1]) as file:
    report = json.load(file)
for layer in report["layers"]:
    size = f" M{layer['dims']['M']}" if layer["macs"] else ""
    print(f"{layer['op']}{size} {layer['count']}")
total = sum(layer["count"] * layer["macs"] for layer in report["layers"])
print("total", total if total == report["model"]["macs"] else "differs")
