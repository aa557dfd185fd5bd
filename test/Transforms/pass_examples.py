#!/usr/bin/env python3
#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the example of every pass on a reference page: pass_examples.py PAGE DIR

An example is a test of its own: its RUN line says the command, which reads the
example, and its CHECK lines say what comes out.
"""

import pathlib
import re
import subprocess
import sys


def run(example, path):
    """The exit status of the example's command and of FileCheck on its output."""
    path.write_text(example)
    command = re.search(r"// RUN: (.*)", example).group(1)
    script = f"set -o pipefail; {command} {path} | FileCheck {path}"
    return subprocess.run(["bash", "-c", script]).returncode


def main(page, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    passes = re.split(r"^### `-", pathlib.Path(page).read_text(), flags=re.M)[1:]
    examples = failures = 0
    for number, text in enumerate(passes):
        for example in re.findall(r"```mlir\n(.*?)```", text, flags=re.S):
            examples += 1
            failures += run(example, folder / f"{number}.mlir") != 0
    print(f"{len(passes)} passes, {examples} examples, {failures} failures")


main(*sys.argv[1:])
