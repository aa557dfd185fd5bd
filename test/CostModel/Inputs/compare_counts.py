#!/usr/bin/env python3
#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares what ohas-counts printed with the `exact` fields of its cases.

Usage: compare_counts.py CASES.jsonl PRINTED.jsonl
"""

import json
import sys


def main(cases, printed):
    with open(cases) as file:
        want = {case["id"]: case["exact"] for case in map(json.loads, file)}
    with open(printed) as file:
        got = {line.pop("id"): line for line in map(json.loads, file)}
    for exact in want.values():
        exact["converters"] = {k: n for k, n in exact["converters"].items() if n}
    differ = [name for name in want if got.get(name) != want[name]]
    for name in differ:
        print(name, "differs")
    print(f"{len(want) - len(differ)} of {len(want)} agree")
    return 1 if differ or not want or len(got) != len(want) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
