#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""DEAP-CNN on layers of DeepBench beside another group's reproduction. See
validation.py."""

from validation_page import Block
from validation_reports import both_readings

ACCELERATOR = "deap-cnn"


def convolution(n, c, h, w, m, r, s, stride):
    """One layer as MLIR: batch, input channels, height and width, output
    channels, kernel and stride."""
    x = f"tensor<{n}x{c}x{h}x{w}xf32>"
    k = f"tensor<{m}x{c}x{r}x{s}xf32>"
    y = f"tensor<{n}x{m}x{(h - r) // stride + 1}x{(w - s) // stride + 1}xf32>"
    return (
        f"func.func @layer(%x: {x}) -> {y} {{\n"
        f"%k = arith.constant dense_resource<k> : {k}\n"
        f"%y = optical.conv %x, %k strides [{stride}, {stride}] : ({x}, {k}) -> {y}\n"
        f"return %y : {y}\n}}\n"
    )


def deap(programs, page, data):
    page.accelerator(ACCELERATOR, data)
    table = data["layers"]
    rows = table["rows_of"]

    def figures(key, scale):
        """The columns in both readings."""
        columns = {}
        for row, spec in rows.items():
            for column in both_readings(
                programs,
                ACCELERATOR,
                f"deepbench-{spec['layer'][0]}",
                [f"--knob={knob}" for knob in spec["knobs"]],
                lambda report, reading: (
                    {row: report["totals"][key] * scale} if report else {}
                ),
                text=convolution(*spec["layer"]),
            ):
                known = columns.setdefault(column.reading, column)
                known.figures.update(column.figures)
        return list(columns.values())

    page.table(
        table,
        [
            Block(
                spec["name"],
                spec["heading"],
                spec["figures"],
                spec,
                figures(spec["key"], spec["scale"]),
            )
            for spec in table["blocks"]
        ],
    )
