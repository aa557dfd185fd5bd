#!/usr/bin/env python3
#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes docs/Validation.md: published figures beside those of ohas-opt.

The published figures, their sources, tolerances and the causes of known
differences are in validation.json; what of a report they compare with is here.
Exit status 1 if a figure in the published reading leaves its tolerance, or a
difference of more than 5 % has no cause.

The mapped columns are the mapper's and change as it improves: --check compares
the page without them.
"""

import argparse
import difflib
import json
import pathlib
import re
import sys
import tempfile

sys.dont_write_bytecode = True  # no __pycache__ among the sources
from validation_deap import deap
from validation_page import Block, Column, Page, without_mapped
from validation_reports import Programs, footprint
from validation_scalability import scalability
from validation_transformers import DESIGNS, transformers

ROOT = pathlib.Path(__file__).resolve().parent.parent

ALBIREO = "albireo"
# Row of Table III: levels and components of the nest.
ALBIREO_LEVELS = {
    "MRR": ["ring_pair"],
    "MZM": ["input_mzm", "weight_mzm"],
    "laser": ["laser"],
    "TIA": ["tia"],
    "DAC": ["input_dac", "weight_dac"],
    "ADC": ["adc"],
    "cache": ["weight_cache"],
    "AWG": ["awg"],
    "star_coupler": ["star_coupler"],
    "photodiode": ["photodiode"],
}


def albireo(programs, page, data):
    page.accelerator(ALBIREO, data)
    powers = data["power"]
    page.table(
        powers,
        [
            footprint(
                programs,
                ALBIREO,
                "alexnet",
                [f"--devices={spec['devices']}"],
                spec,
                ALBIREO_LEVELS,
                breakdown="peak_power_mw",
                scale=1e-3,
            )
            for spec in powers["blocks"]
        ],
    )

    area = data["area"]
    total, shares = area["blocks"]
    size = float(total["figures"]["total"])
    page.table(
        area,
        [
            footprint(
                programs,
                ALBIREO,
                "alexnet",
                [],
                spec,
                ALBIREO_LEVELS,
                breakdown="area_um2",
                scale=scale,
            )
            for spec, scale in ((total, 1e-6), (shares, 1e-4 / size))
        ],
    )

    layer_energies(programs, page, data["layer"])
    for table in (data["networks"], data["kinds"], data["paper"], data["cimloop"]):
        block = table["blocks"][0]
        layers = block.get("layers")
        columns = [
            Column(
                column["heading"],
                column["reading"],
                kinds(programs, column, layers)
                if layers
                else totals(programs, column, block["figures"]),
            )
            for column in block["columns"]
        ]
        page.table(
            table,
            [Block(block["name"], block["heading"], block["figures"], block, columns)],
        )


# Component of CiMLoop's model: component of the nest.
CIMLOOP_LEVELS = {
    "MRR": "ring_pair",
    "input_MRR": "input_ring",
    "TIA": "tia",
    "global_buffer": "glb",
}


def layer_energies(programs, page, data):
    """The components of one layer."""
    [block] = data["blocks"]
    report = programs.report(
        ALBIREO,
        "resnet18",
        "mapped",
        "--devices=aggressive",
        "--knob=clock_ghz=8",
        "--device-override=dram_fj_per_bit=0",
    )
    figures = {}
    for layer in report["layers"] if report else []:
        if layer["name"] == data["layer"] and layer["macs"]:
            figures = {
                row: 1e-9 * layer["breakdown"].get(CIMLOOP_LEVELS.get(row, row), 0)
                for row in block["figures"]
            }
    column = Column("mapped reading", "mapped", figures)
    page.table(
        data,
        [Block(block["name"], block["heading"], block["figures"], block, [column])],
    )


def summed(report, key, counts):
    """Over the executions of the layers that count."""
    return sum(
        layer["count"] * layer[key] for layer in report["layers"] if counts(layer)
    )


def kinds(programs, column, layers):
    """Latencies, in ms, of the layers of a network that a pattern finds."""
    figures = {}
    for row, (network, pattern) in layers.items():
        report = programs.report(
            ALBIREO, network, column["reading"], *column["options"]
        )
        if report:
            figures[row] = 1e-9 * summed(
                report,
                "latency_ps",
                lambda layer: layer["macs"] and re.search(pattern, layer["name"]),
            )
    return figures


def totals(programs, column, rows):
    """Latency and energy of networks; rows are `vgg16 latency, ms`. As in the
    publications these are convolutions and matrix products alone, unless the
    column is of all operations."""
    figures = {}
    for row in rows:
        network, quantity = row.split(maxsplit=1)
        report = programs.report(
            ALBIREO, network, column["reading"], *column["options"]
        )
        if report:
            key, scale = {
                "latency, ms": ("latency_ps", 1e-9),
                "energy, mJ": ("energy_fj", 1e-12),
            }[quantity]
            figures[row] = scale * summed(
                report,
                key,
                lambda layer: layer["macs"] or column.get("all_operations"),
            )
    return figures


def compare(page, text):
    """The difference of the two pages, apart from mapped figures."""
    if not page.exists():
        return [f"{page} does not exist"]
    return list(
        difflib.unified_diff(
            without_mapped(page.read_text()),
            without_mapped(text),
            str(page),
            "as regenerated",
            lineterm="",
        )
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument(
        "--bin",
        type=pathlib.Path,
        default=ROOT / "build/release/bin",
        help="folder of ohas-opt and ohas-networks",
    )
    parser.add_argument(
        "--figures",
        type=pathlib.Path,
        default=ROOT / "scripts/validation.json",
        help="the published figures",
    )
    parser.add_argument(
        "--page",
        type=pathlib.Path,
        default=ROOT / "docs/Validation.md",
        help="the page to write, or to check",
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; fail if the page, mapped columns apart, would change",
    )
    parser.add_argument(
        "--reports",
        type=pathlib.Path,
        help="folder for what ohas-opt reports; what is there is not asked again",
    )
    arguments = parser.parse_args()

    data = json.loads(arguments.figures.read_text())
    page = Page(data["text"])
    with tempfile.TemporaryDirectory() as folder:
        if arguments.reports:
            arguments.reports.mkdir(parents=True, exist_ok=True)
        programs = Programs(
            arguments.bin,
            arguments.reports or pathlib.Path(folder),
            mapped=not arguments.check,
        )
        albireo(programs, page, data[ALBIREO])
        for design in DESIGNS:
            transformers(programs, page, design, data[design])
        deap(programs, page, data["deap-cnn"])
        page.accelerator("others", data["others"])
        scalability(programs, page, data["scalability"])
    text = page.finish()

    failures = page.failures
    if arguments.check:
        difference = compare(arguments.page, text)
        if difference:
            print(*difference, sep="\n", file=sys.stderr)
            failures.append(
                f"{arguments.page} is not what scripts/validation writes: run it"
            )
    else:
        arguments.page.write_text(text)
        print(f"Wrote {arguments.page}: {page.compared} figures compared")
    for failure in failures:
        print(f"validation: error: {failure}", file=sys.stderr)
    sys.exit(bool(failures))


if __name__ == "__main__":
    main()
