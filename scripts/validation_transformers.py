#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Lightening-Transformer and its baselines beside the output of its artifact,
lightening-transformer.csv. See validation.py."""

import csv
import pathlib
import re

from validation_page import Block, Column, shares_table
from validation_reports import fail, footprint

LIST = pathlib.Path(__file__).resolve().parent / "lightening-transformer.csv"

# Accelerators, and the levels and components of their nests that a row of the
# artifact's tables is the sum of.
WEIGHT_STATIONARY = {
    "laser": ["laser", "laser_area"],
    "DAC": ["weight_dac", "input_dac"],
    "ADC": ["adc"],
    "TIA": ["tia"],
    "adder": ["adder", "adder_area"],
    "mem": [
        "global_buffer",
        "operand_buffer",
        "output_buffer",
        "tile_registers",
        "core_registers",
    ],
}
DESIGNS = {
    "lightening-transformer": {
        "laser": ["laser", "laser_area"],
        "DAC": ["matrix1_dac", "matrix2_dac"],
        "MZM": ["matrix1_mzm", "matrix2_mzm", "router_rings"],
        "ADC": ["adc"],
        "TIA": ["tia"],
        "photodetector": ["detector_pair"],
        "photonic_core": ["node", "y_branches"],
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
    },
    "mrr-bank": WEIGHT_STATIONARY,
    "mzi-mesh": WEIGHT_STATIONARY,
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

# Transformers of the artifact: width, heads, tokens, and the model that
# ohas-networks writes.
NETWORKS = {
    "DeiT-T": (192, 3, 197, "deit-tiny"),
    "DeiT-S": (384, 6, 197, "deit-small"),
    "DeiT-B": (768, 12, 197, "deit-base"),
    "BERT-B": (768, 12, 128, "bert-base"),
    "BERT-L": (1024, 16, 320, "bert-large"),
}


def printed():
    """Figures by (design, bits): {network: {part: (mJ, ms)}}, as printed."""
    with LIST.open() as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        figures = {}
        for row in rows:
            design = figures.setdefault((row["design"], int(row["bits"])), {})
            network = design.setdefault(row["network"], {})
            network[row["part"]] = (row["energy_mJ"], row["latency_ms"])
    return figures


def electronic_block(network):
    """What a block of a network does besides matrix products as MLIR, of 4 bits:
    the artifact's softmax, activation, normalization and two residuals."""
    h, heads, t, _ = NETWORKS[network]
    arguments = {
        "%s": f"tensor<{heads}x{t}x{t}xi4>",
        "%a": f"tensor<{t}x{4 * h}xi4>",
        "%x": f"tensor<{t}x{h}xi4>",
        "%y": f"tensor<{t}x{h}xi4>",
    }
    operations = [
        ("Softmax", "softmax", ["%s"]),
        ("Gelu", "activation", ["%a"]),
        ("LayerNormalization", "normalization", ["%x"]),
        ("Add", "elementwise", ["%x", "%y"]),
        ("Add", "elementwise", ["%y", "%x"]),
    ]
    types = [arguments[operands[0]] for _, _, operands in operations]
    lines = [
        f"func.func @block({', '.join(f'{a}: {t}' for a, t in arguments.items())})",
        f"    -> ({', '.join(types)}) {{",
    ]
    for i, (name, kind, operands) in enumerate(operations):
        lines.append(
            f'%{i} = optical.electronic "onnx.{name}"({", ".join(operands)}) class {kind} '
            f": ({', '.join(arguments[o] for o in operands)}) -> {types[i]}"
        )
    results = ", ".join(f"%{i}" for i in range(len(operations)))
    return "\n".join([*lines, f"return {results} : {', '.join(types)}", "}"]) + "\n"


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
    """Sum of `value(layer)` over the executions of each part."""
    if report is None:
        return {}
    figures = {
        part: sum(count * value(layer) for count, layer in layers)
        for part, layers in parts_of(report).items()
    }
    return figures


def microjoules(report, reading):
    figures = by_part(report, lambda layer: layer["energy_fj"] * 1e-9)
    if reading == "published" and "global_operands" in report["breakdown"]["energy_fj"]:
        # What the artifact's attention on a crossbar leaves out.
        operands = by_part(
            report, lambda layer: layer["breakdown"].get("global_operands", 0) * 1e-9
        )
        figures["attn less operands"] = figures["attn"] - operands["attn"]
    return figures


def microseconds(report, reading):
    return by_part(report, lambda layer: layer["latency_ps"] * 1e-6)


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


def network_table(programs, page, accelerator, table, common):
    """Energy and latency of the parts of networks, and of all of a network."""
    options = [f"--knob={knob}" for knob in table["knobs"]]
    artifact = printed()[table["design"], table["bits"]]
    readings = ["published", "mapped"]
    reports = {}
    for network in table["networks"]:
        *_, tokens, name = NETWORKS[network]
        for reading in readings:
            reports[network, reading] = programs.report(
                accelerator,
                name,
                reading,
                *options,
                tokens=tokens if network.startswith("BERT") else None,
            )
    blocks = []
    for column, (quantity, heading, value) in enumerate(
        (
            ("energy", "energy, uJ", microjoules),
            ("latency", "latency, us", microseconds),
        )
    ):
        rows = {}
        figures = {reading: {} for reading in readings}
        for network in table["networks"]:
            prefix = f"{network} " if len(table["networks"]) > 1 else ""
            parts = {
                part: 1000 * float(figure[column])
                for part, figure in artifact[network].items()
                if part != "others"
            }
            every = sum(parts.values())
            for part, figure in parts.items():
                rows[prefix + part] = repr(figure)
                if part == "attn" and quantity == "energy" and common.get("operands"):
                    rows[f"{prefix}attn less operands"] = repr(figure)
            rows[f"{prefix}all"] = repr(every)
            for reading in readings:
                report = reports[network, reading]
                if report:
                    ours = value(report, reading)
                    ours["all"] = sum(ours[part] for part in parts)
                    for part, figure in ours.items():
                        figures[reading][prefix + part] = figure
        blocks.append(
            Block(
                f"{table['title']} {quantity}",
                heading,
                rows,
                common,
                [Column(f"{r} reading", r, figures[r]) for r in readings],
            )
        )
    page.table(table, blocks)
    if table.get("spent"):
        (network,) = table["networks"]
        page.paragraph(
            "Where the mapped reading spends more, in percent of the energy of a "
            "row in the published reading:"
        )
        ours, mapped = (reports[network, r] for r in ("published", "mapped"))
        page.text(
            shares_table(
                [part for part in artifact[network] if part != "others"],
                [*SPENT, "optics and others"],
                spent(ours),
                spent(mapped) if mapped else {},
            )
        )


def electronic_table(programs, page, accelerator, spec):
    """The artifact's rows `others`: one block, and seconds as milliseconds."""
    artifact = printed()[spec["design"], 4]
    reports = {
        network: programs.report(
            accelerator,
            f"{network}-block",
            "mapped",
            text=electronic_block(network),
            no_products=True,
        )
        for network in NETWORKS
    }
    page.table(
        spec,
        [
            Block(
                f"electronic {quantity}",
                heading,
                {n: repr(scale * float(artifact[n]["others"][i])) for n in NETWORKS},
                spec,
                [
                    Column(
                        "vector unit",
                        "published",
                        {n: r["totals"][key] * unit for n, r in reports.items()},
                    )
                ],
            )
            for i, (quantity, heading, scale, key, unit) in enumerate(
                (
                    ("energy", "energy, uJ", 1e3, "energy_fj", 1e-9),
                    ("latency", "latency, ns", 1e9, "latency_ps", 1e-3),
                )
            )
        ],
    )


def transformers(programs, page, accelerator, data):
    page.accelerator(accelerator, data)
    for table in data["footprints"]:
        page.table(
            table,
            [
                footprint(
                    programs,
                    accelerator,
                    "deit-tiny",
                    [f"--knob={knob}" for knob in table["knobs"]],
                    spec,
                    DESIGNS[accelerator],
                    breakdown=spec["breakdown"],
                    scale=spec["scale"],
                )
                for spec in table["blocks"]
            ],
        )
    page.section(data["networks"])
    for table in data["networks"]["tables"]:
        network_table(programs, page, accelerator, table, data["networks"])
    electronic_table(programs, page, accelerator, data["electronic"])
