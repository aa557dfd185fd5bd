#!/usr/bin/env python3
#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes a small tree with one of each mistake that sources.py finds, beside
things that look like them and are none: break_promises.py FOLDER"""

import pathlib
import sys

HEAD = """//===- {name} -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
"""
MLIR = '#include "mlir/IR/Value.h"\n'

FILES = {
    "include/ohas/CostModel/A.h": MLIR,
    "lib/Search/B.cpp": '#include "ohas/Other/C.h"\n',
    "lib/Search/PipelineEvaluator.cpp": MLIR,
    "lib/Search/Comment.cpp": '// not "mlir/IR/Value.h"\n',
    "include/ohas/Other/C.h": MLIR,
    "lib/Frontend/ONNX/D.cpp": "#include <onnx/onnx_pb.h>\n",
    "lib/Long.cpp": "\n" * 600,
    "lib/AlmostLong.cpp": "\n" * 595,
    "tools/t/t.cpp": "#include <onnx/onnx_pb.h>\n" + "\n" * 30,
}

root = pathlib.Path(sys.argv[1])
for name, text in FILES.items():
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(name=path.name) + text)
(root / "lib/None.cpp").write_text("//===- None.cpp -===//\nint none;\n")
(root / "lib/Renamed.cpp").write_text(HEAD.format(name="Old.cpp"))
(root / "docs").mkdir()
(root / "docs/Page.md").write_text(
    "[a](Missing.md#part) [b](Page.md#part) [c](https://example.org/x) [d](../lib)\n"
)
