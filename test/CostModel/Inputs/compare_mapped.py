#!/usr/bin/env python3
#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Checks what ohas-counts --map printed: no case's mapping takes fewer counts
than the mapper's, its sum is that of the `exact` field, and most are proven.

Usage: compare_mapped.py CASES.jsonl PRINTED.jsonl
"""

import json
import sys


def total(exact):
    """Of all counts; `tile` and `instances` are sizes."""
    tensors = [
        tensor
        for level in exact["levels"].values()
        for tensor in level.values()
        if isinstance(tensor, dict)
    ]
    accesses = sum(t[k] for t in tensors for k in ("reads", "fills", "updates"))
    return exact["compute_cycles"] + accesses + sum(exact["converters"].values())


def main(cases, printed):
    with open(cases) as file:
        want = {case["id"]: total(case["exact"]) for case in map(json.loads, file)}
    with open(printed) as file:
        got = {line["id"]: line for line in map(json.loads, file)}
    wrong = [name for name in want if got.get(name, {}).get("counts") != want[name]]
    worse = [line for line in got.values() if line["fewest"] > line["counts"]]
    proven = sum(line["proven"] for line in got.values())
    for name in wrong:
        print(f"{name} takes {want[name]} counts, not {got.get(name)}")
    for line in worse:
        print(f"{line['id']}: the mapper's best is worse: {line}")
    print(f"{proven} of {len(want)} proven")
    return 1 if wrong or worse or 4 * proven < 3 * len(want) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
