#!/usr/bin/env python3
#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the tree promises of its files, checked: sources.py ROOT

Prints one line for each broken promise; exit status 1 if there is any.
"""

import pathlib
import re
import sys

TREES = ("dialects", "include", "lib", "test", "tools")
SOURCES = (".c", ".cpp", ".h", ".td")
LICENCE = (
    "Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.",
    "SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception",
)
MAX_LINES = 600
MAX_MAIN_LINES = 30

# The cost model and the search strategies stand without MLIR, whichever
# headers of ours they go through. The evaluator of pass pipelines is where
# search and MLIR meet.
PURE = re.compile(r"(include/ohas|lib)/(CostModel|Search)/")
PIPELINE = re.compile(r"(include/ohas|lib)/Search/PipelineEvaluator")
MLIR = re.compile(r"mlir(-c)?/")

# Reading and writing ONNX stays in two places.
ONNX_USERS = re.compile(r"(lib/Frontend/ONNX|lib/Networks|test)/")
ONNX = re.compile(r"(onnx|google/protobuf)/")

INCLUDE = re.compile(r'^\s*#\s*include\s+[<"]([^>"]+)[>"]', re.M)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


class Tree:
    def __init__(self, root):
        self.root = root
        self.sources = sorted(
            path.relative_to(root).as_posix()
            for tree in TREES
            for path in (root / tree).rglob("*")
            if path.suffix in SOURCES and path.is_file()
        )
        self.text = {
            name: (root / name).read_text(errors="replace") for name in self.sources
        }
        self.includes = {
            name: INCLUDE.findall(text) for name, text in self.text.items()
        }

    def resolve(self, user, header):
        """The file of ours that `user` means by `header`, if it is one."""
        beside = (pathlib.PurePosixPath(user).parent / header).as_posix()
        for name in (beside, f"include/{header}", f"dialects/{header}"):
            if name in self.text:
                return name
        return None

    def reach(self, name, pattern):
        """(header, way to it) of what matches and `name` includes, however
        indirectly."""
        seen, todo = {name}, [(name, [])]
        while todo:
            user, way = todo.pop(0)
            for header in self.includes[user]:
                if pattern.match(header):
                    return header, way
                found = self.resolve(user, header)
                if found and found not in seen:
                    seen.add(found)
                    todo.append((found, way + [header]))
        return None


def purity(tree):
    for name in tree.sources:
        if PURE.match(name) and not PIPELINE.match(name):
            reached = tree.reach(name, MLIR)
            if reached:
                header, way = reached
                through = f" through {', '.join(way)}" if way else ""
                yield f"{name}: includes {header}{through}, but is to do without MLIR"


def onnx(tree):
    for name in tree.sources:
        for header in tree.includes[name]:
            if ONNX.match(header) and not ONNX_USERS.match(name):
                yield f"{name}: includes {header}, which is for lib/Frontend/ONNX"


def licences(tree):
    for name in tree.sources:
        head = tree.text[name].splitlines()[:8]
        for line in LICENCE:
            if not any(line in candidate for candidate in head):
                yield f"{name}: has no line '{line}' at its top"
        if head and pathlib.PurePosixPath(name).name not in head[0]:
            yield f"{name}: its first line does not name it"


def lengths(tree):
    for name in tree.sources:
        lines = tree.text[name].count("\n")
        if lines > MAX_LINES:
            yield f"{name}: has {lines} lines, more than {MAX_LINES}"
        if name.startswith("tools/") and name.endswith(".cpp"):
            if lines > MAX_MAIN_LINES:
                yield (
                    f"{name}: has {lines} lines, more than a main's {MAX_MAIN_LINES}"
                )


def links(tree):
    for page in [tree.root / "README.md", *sorted((tree.root / "docs").rglob("*.md"))]:
        if not page.is_file():
            continue
        for target in LINK.findall(page.read_text()):
            if "://" in target or target.startswith("mailto:"):
                continue
            if not (page.parent / target).exists():
                name = page.relative_to(tree.root).as_posix()
                yield f"{name}: links to {target}, which does not exist"


def main():
    tree = Tree(pathlib.Path(sys.argv[1]))
    if not tree.sources:
        sys.exit(f"{sys.argv[1]}: no sources here")
    broken = [
        line
        for check in (purity, onnx, licences, lengths, links)
        for line in check(tree)
    ]
    print(*broken, sep="\n", end="\n" if broken else "")
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
