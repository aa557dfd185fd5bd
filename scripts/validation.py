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
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # no __pycache__ among the sources
from validation_page import Block, Column, Page, shares_table, without_mapped

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

LT = "lightening-transformer"
LT_LEVELS = {
    "laser": ["laser", "laser_area"],
    "DAC": ["matrix1_dac", "matrix2_dac"],
    "MZM": ["matrix1_mzm", "matrix2_mzm", "router_rings"],
    "ADC": ["adc"],
    "TIA": ["tia"],
    "photodetector": ["detector_pair"],
    "photonic_core": ["node"],
    "adder": ["adder"],
    "mem": [
        "global_buffer",
        "matrix2_buffer",
        "matrix2_registers",
        "tile_buffer",
        "tile_registers",
        "register",
    ],
    "micro_comb": ["micro_comb"],
}

# Parts of a transformer by the names that ohas-networks gives to nodes.
PARTS = {
    "embed": r"/patch_embed/proj/",
    "qkv": r"/attn/qkv/|/self/(query|key|value)/",
    "attn": r"/attn/MatMul|/self/MatMul",
    "proj": r"/attn/proj/|/attention/output/dense/",
    "FFN1": r"/mlp/fc1/|/intermediate/dense/",
    "FFN2": r"/mlp/fc2/|/layer\.\d+/output/dense/",
    "head": r"/head/|/classifier/",
}
# The artifact's BERT has no pooler.
LEFT_OUT = r"/pooler/"

# Energies by where they are spent, in both readings.
SPENT = {
    "DRAM": r"dram",
    "global buffer": r"global_.*",
    "tile buffers, registers": r"(tile_|matrix2_)?(buffer|registers?)|noc",
    "converters, modulators": r"(matrix[12]_)?(dac|mzm)|adc|tia|adder",
}


def fail(message):
    sys.exit(f"validation: error: {message}")


class Programs:
    """Runs ohas-networks and ohas-opt; without `mapped`, there are no reports
    of that reading."""

    def __init__(self, binaries, folder, mapped):
        self.binaries, self.folder, self.mapped = binaries, folder, mapped
        self.reports = {}

    def run(self, program, *arguments):
        try:
            done = subprocess.run(
                [self.binaries / program, *arguments], capture_output=True, text=True
            )
        except OSError as error:
            fail(
                f"cannot run {error.filename}: {error.strerror}; "
                "--bin names its folder"
            )
        if done.returncode:
            fail(f"{program} {' '.join(map(str, arguments))}: {done.stderr.strip()}")

    def report(self, accelerator, network, reading, *options):
        if reading == "mapped" and not self.mapped:
            return None
        key = (accelerator, network, reading, *options)
        if key not in self.reports:
            model = self.folder / f"{network}.onnx"
            if not model.exists():
                self.run("ohas-networks", network, "--output-dir", self.folder)
            output = self.folder / "report.json"
            self.run(
                "ohas-opt",
                model,
                "--estimate",
                f"--accelerator={accelerator}",
                f"--reading={reading}",
                f"--json={output}",
                *options,
            )
            self.reports[key] = json.loads(output.read_text())
        return self.reports[key]


def components(report, breakdown, rows, levels, total, scale):
    """Figures of a footprint by row. `levels` names what a row is the sum of,
    where it is not a component of its own name. The total is without DRAM,
    which neither publication counts."""
    if report is None:
        return {}
    parts = report["breakdown"][breakdown]
    figures = {
        row: scale * sum(parts.get(name, 0) for name in levels.get(row, [row]))
        for row in rows
    }
    figures[total] = scale * sum(v for name, v in parts.items() if name != "dram")
    return figures


def both_readings(programs, accelerator, network, options, figures):
    """The columns of `figures(report, reading)` in both readings."""
    return [
        Column(f"{reading} reading", reading, figures(report, reading))
        for reading in ("published", "mapped")
        for report in [programs.report(accelerator, network, reading, *options)]
    ]


def footprint(programs, accelerator, network, options, spec, levels, **what):
    """A block that compares powers or areas."""
    return Block(
        spec["name"],
        spec["heading"],
        spec["figures"],
        spec,
        both_readings(
            programs,
            accelerator,
            network,
            options,
            lambda report, reading: components(
                report,
                rows=spec["figures"],
                levels=levels if reading == "mapped" else {},
                total="total",
                **what,
            ),
        ),
    )


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

    for table in (data["networks"], data["paper"], data["cimloop"]):
        block = table["blocks"][0]
        columns = [
            Column(
                column["heading"],
                column["reading"],
                totals(programs, column, block["figures"]),
            )
            for column in block["columns"]
        ]
        page.table(
            table,
            [Block(block["name"], block["heading"], block["figures"], block, columns)],
        )


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
            figures[row] = scale * sum(
                layer["count"] * layer[key]
                for layer in report["layers"]
                if layer["macs"] or column.get("all_operations")
            )
    return figures


def parts_of(report):
    """Contractions by part: [(count, layer)]."""
    parts = {}
    for layer in report["layers"]:
        if not layer["macs"] or re.search(LEFT_OUT, layer["name"]):
            continue
        found = [p for p, pattern in PARTS.items() if re.search(pattern, layer["name"])]
        if len(found) != 1:
            fail(f"node '{layer['name']}' belongs to {len(found)} parts, not to one")
        parts.setdefault(found[0], []).append((layer["count"], layer))
    return parts


def by_part(report, value):
    """Sum of `value(layer)` over the executions of each part, and of all."""
    if report is None:
        return {}
    figures = {
        part: sum(count * value(layer) for count, layer in layers)
        for part, layers in parts_of(report).items()
    }
    figures["all"] = sum(figures.values())
    return figures


def microjoules(report, reading):
    figures = by_part(report, lambda layer: layer["energy_fj"] * 1e-9)
    if reading == "published":
        # What the artifact leaves out.
        operands = by_part(
            report, lambda layer: layer["breakdown"].get("global_operands", 0) * 1e-9
        )
        figures["attn less operands"] = figures["attn"] - operands["attn"]
    return figures


def microseconds(report, reading):
    return by_part(report, lambda layer: layer["latency_ps"] * 1e-6)


def with_sums(figures, quantity):
    """The printed rows, of mJ or ms, in uJ or us, and what they add up to."""
    rows = {}
    for part, figure in figures.items():
        rows[part] = repr(1000 * float(figure))
        if part == "attn" and quantity == "energy":
            rows["attn less operands"] = rows[part]
    rows["all"] = repr(1000 * sum(float(figure) for figure in figures.values()))
    return rows


def spent(report):
    """Energy by part, and by where it is spent."""
    energies = {}
    for part, layers in parts_of(report).items():
        energies[part] = dict.fromkeys([*SPENT, "optics and others"], 0)
        for count, layer in layers:
            for name, energy in layer["breakdown"].items():
                where = next(
                    (w for w, x in SPENT.items() if re.fullmatch(x, name, re.I)),
                    "optics and others",
                )
                energies[part][where] += count * energy
    return energies


def lightening_transformer(programs, page, data):
    page.accelerator(LT, data)
    for table in (data["area_and_power"], data["power_8_bit"]):
        page.table(
            table,
            [
                footprint(
                    programs,
                    LT,
                    "deit-tiny",
                    [f"--knob=bits={table['bits']}"],
                    spec,
                    LT_LEVELS,
                    breakdown=spec["breakdown"],
                    scale=spec["scale"],
                )
                for spec in table["blocks"]
            ],
        )

    networks = data["networks"]
    page.section(networks)
    for table in networks["tables"]:
        options = [f"--knob=bits={table['bits']}"]
        page.table(
            table,
            [
                Block(
                    f"{table['title']} {quantity}",
                    heading,
                    with_sums(table[quantity], quantity),
                    networks,
                    both_readings(programs, LT, table["network"], options, figures),
                )
                for quantity, heading, figures in (
                    ("energy", "energy, uJ", microjoules),
                    ("latency", "latency, us", microseconds),
                )
            ],
        )
        published, mapped = (
            programs.report(LT, table["network"], reading, *options)
            for reading in ("published", "mapped")
        )
        page.paragraph(
            "Where the mapped reading spends more, in percent of the energy of a "
            "row in the published reading:"
        )
        page.text(
            shares_table(
                list(table["energy"]),
                [*SPENT, "optics and others"],
                spent(published),
                spent(mapped) if mapped else {},
            )
        )


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
    arguments = parser.parse_args()

    data = json.loads(arguments.figures.read_text())
    page = Page(data["text"])
    with tempfile.TemporaryDirectory() as folder:
        programs = Programs(
            arguments.bin, pathlib.Path(folder), mapped=not arguments.check
        )
        albireo(programs, page, data[ALBIREO])
        lightening_transformer(programs, page, data[LT])
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
