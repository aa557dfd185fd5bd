#!/usr/bin/env python3
#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the examples of a page: run_examples.py PAGE FOLDER

An example is a fenced block that begins with a command after `$ `. What the block
shows below a command is what the command prints: line after line, where `...` stands
for lines that are left out. Only the seconds that a search took may differ.
"""

import difflib
import pathlib
import re
import subprocess
import sys


def comparable(line):
    return re.sub(r"\d+\.\d s, seed", "... s, seed", line.rstrip())


def commands(block):
    """Pairs of a command and the lines shown of what it prints."""
    for part in re.split(r"^\$ ", block, flags=re.M)[1:]:
        command = re.match(r"(?:.*\\\n)*.*\n", part).group()
        yield command, part[len(command):].splitlines()


def first_missing(shown, printed):
    """The first line that is not where the page has it, and what comes nearest."""
    at, anywhere = 0, False
    for line in shown:
        if line == "...":
            anywhere = True
            continue
        rest = printed[at:] if anywhere else printed[at:at + 1]
        if line not in rest:
            near = difflib.get_close_matches(line, printed, n=1, cutoff=0)
            return line, *near
        at += rest.index(line) + 1
        anywhere = False
    return None if anywhere or at == len(printed) else ("the end", printed[at])


def run(command, shown, folder):
    print("$", command.strip(), flush=True)
    result = subprocess.run(["bash", "-c", command], cwd=folder, text=True,
                            stdout=subprocess.PIPE)
    missing = first_missing([comparable(line) for line in shown],
                            [comparable(line) for line in result.stdout.splitlines()])
    if result.returncode:
        print("  ends with status", result.returncode)
    if missing:
        print("  is shown to print:", *missing, sep="\n    ")
    return not result.returncode and not missing


def main(page, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(exist_ok=True)
    blocks = re.findall(r"^```\n(\$ .*?)^```$", pathlib.Path(page).read_text(),
                        flags=re.S | re.M)
    results = [run(command, shown, folder)
               for block in blocks for command, shown in commands(block)]
    print(f"{len(results)} commands, {results.count(False)} failures")
    sys.exit(not all(results))


main(*sys.argv[1:])
