#!/usr/bin/env python3
#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs every example of a reference page: doc_examples.py PAGE COMMAND...

COMMAND reads an example from stdin. Prints one line for each operation or
attribute without an example and for each example that fails.
"""

import pathlib
import re
import subprocess
import sys


def main(page, command):
    text = pathlib.Path(page).read_text()
    failures = examples = 0
    for section in re.split(r"^### ", text, flags=re.M)[1:]:
        name = section.split(None, 1)[0].strip("`")
        blocks = re.findall(r"^```mlir\n(.*?)^```", section, flags=re.M | re.S)
        refers = re.search(r"See\s+`optical\.\w+` for an example", section)
        if name.startswith("optical.") and not blocks and not refers:
            print(f"{name}: has no example")
            failures += 1
        for block in blocks:
            examples += 1
            run = subprocess.run(command, input=block, text=True, capture_output=True)
            if run.returncode:
                print(f"{name}: {run.stderr.strip().splitlines()[0]}")
                failures += 1
    print(f"{examples} examples, {failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
