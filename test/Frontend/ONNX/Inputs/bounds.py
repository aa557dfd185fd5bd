# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""bounds.py FOLDER: models beyond the importer's bounds, for bounds.test."""

import pathlib
import sys

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)

HEAD = '<ir_version: 8, opset_import: ["" : 17, "l" : 1]>\n'
FUNCTION = '<domain: "l", opset_import: ["" : 17, "l" : 1]>\n'


def write(name, text):
    (folder / name).write_text(text)


def calls(bodies):
    """A model whose functions f0, f1 ... have these bodies."""
    text = HEAD + "g (float[1] x) => (float[1] y) { y = l.f0 (x) }\n"
    for i, body in enumerate(bodies):
        text += FUNCTION + f"f{i} (v) => (w) {{ {body} }}\n"
    return text


write("brackets.onnxtxt", HEAD + "g (float[1] x) => (float[1] y) " + "{" * 200)
write(
    "calls.onnxtxt",
    calls([f"w = l.f{i + 1} (v)" for i in range(250)] + ["w = Neg (v)"]),
)
# 131,072 nodes of 36, and of 6036.
doubling = calls([f"a = l.f{i + 1} (v) w = l.f{i + 1} (a)" for i in range(17)] + ["w = Neg (v)"])
write("doubling.onnxtxt", doubling)
nodes = "".join(f"a{i} = Neg (x) " for i in range(6000))
write("large.onnxtxt", doubling.replace("y = l.f0", nodes + "y = l.f0"))
# A call and a graph each.
write(
    "graphs.onnxtxt",
    calls(
        [
            "c = Constant <value = bool {1}> () "
            f"w = If (c) <then_branch = t () => (u) {{ u = l.f{i + 1} (v) }},"
            " else_branch = e () => (u) { u = Neg (v) }>"
            for i in range(180)
        ]
        + ["w = Neg (v)"]
    ),
)
long = "n" * 600
write(
    "names.onnxtxt",
    HEAD
    + f"g (float[1] x) => (float[1] y) {{ y = l.{long}0 (x) }}\n"
    + "".join(
        FUNCTION + f"{long}{i} (v) => (w) {{ w = l.{long}{i + 1} (v) }}\n" for i in range(3)
    )
    + FUNCTION
    + f"{long}3 (v) => (w) {{ w = Neg (v) }}\n",
)


def message(field, content):
    """A field of protobuf's wire format."""
    length, size = b"", len(content)
    while size > 127:
        length += bytes([size & 127 | 128])
        size >>= 7
    return bytes([field << 3 | 2]) + length + bytes([size]) + content


def model(graph):
    # ir_version 8, the graph, opset 17.
    return b"\x08\x08" + message(7, graph) + message(8, b"\x10\x11")


def node(op, *fields):
    return message(1, b"".join(fields) + message(4, op))


graph = b""
for _ in range(40):
    # GraphProto.node.attribute.g
    graph = node(b"If", message(5, message(1, b"then_branch") + message(6, graph)))
(folder / "messages.onnx").write_bytes(model(graph))
(folder / "outputless.onnx").write_bytes(
    model(node(b"Relu", message(1, b"x")) + message(2, b"g") + message(11, message(1, b"x")))
)
