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
    "embed": r"/patch_embed/proj/|^embed$",
    "qkv": r"/attn/qkv/|/self/(query|key|value)/|^qkv$",
    "attn": r"/attn/MatMul|/self/MatMul|^attn$",
    "proj": r"/attn/proj/|/attention/output/dense/|^proj$",
    "FFN1": r"/mlp/fc1/|/intermediate/dense/|^FFN1$",
    "FFN2": r"/mlp/fc2/|/layer\.\d+/output/dense/|^FFN2$",
    "head": r"/head/|/classifier/|^head$",
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

# Transformers of the artifact: blocks, width, heads, tokens, and the model that
# ohas-networks writes. Others are written here, as their products alone.
NETWORKS = {
    "DeiT-T": (12, 192, 3, 197, "deit-tiny"),
    "DeiT-S": (12, 384, 6, 197, None),
    "DeiT-B": (12, 768, 12, 197, "deit-base"),
    "BERT-B": (12, 768, 12, 128, "bert-base"),
    "BERT-L": (24, 1024, 16, 320, None),
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


def product(result, left, right, shapes, name, transpose=""):
    m, k, n = (f"tensor<{shape}xf32>" for shape in shapes)
    return (
        f"{result} = optical.matmul {left}, {right}{transpose} "
        f': ({m}, {k}) -> {n} loc("{name}")'
    )


def weight(name, shape):
    return f"%{name} = arith.constant dense_resource<{name}> : tensor<{shape}xf32>"


def products(network):
    """The matrix products of a network as MLIR, named by their parts."""
    blocks, h, heads, t, _ = NETWORKS[network]
    d = h // heads
    classes = 1000 if network.startswith("DeiT") else 2
    head = f"{heads}x{t}x{d}"
    scores = f"{heads}x{t}x{t}"
    carried = f"tensor<{t}x{h}xf32>, tensor<{t}x{3 * h}xf32>, tensor<{head}xf32>"
    lines = [
        f"func.func @network(%x: tensor<{t}x{h}xf32>, %y: tensor<{t}x{3 * h}xf32>,",
        f"    %q: tensor<{head}xf32>, %k: tensor<{head}xf32>, %v: tensor<{head}xf32>,",
        f"    %patches: tensor<196x768xf32>, %token: tensor<1x{h}xf32>)",
        f"    -> ({carried}, tensor<196x{h}xf32>, tensor<1x{classes}xf32>) {{",
        "%zero = arith.constant 0 : index",
        "%one = arith.constant 1 : index",
        f"%blocks = arith.constant {blocks} : index",
        weight("w_qkv", f"{h}x{3 * h}"),
        weight("w_proj", f"{h}x{h}"),
        weight("w_1", f"{h}x{4 * h}"),
        weight("w_2", f"{4 * h}x{h}"),
        weight("w_head", f"{h}x{classes}"),
        "%all:3 = scf.for %i = %zero to %blocks step %one",
        f"    iter_args(%a = %x, %b = %y, %c = %q) -> ({carried}) {{",
        product("%qkv", "%a", "%w_qkv", (f"{t}x{h}", f"{h}x{3*h}", f"{t}x{3*h}"), "qkv"),
        product("%s", "%q", "%k", (head, head, scores), "attn", " transpose_rhs"),
        '%p = optical.electronic "onnx.Softmax"(%s) class softmax '
        f": (tensor<{scores}xf32>) -> tensor<{scores}xf32>",
        product("%o", "%p", "%v", (scores, head, head), "attn"),
        product("%proj", "%a", "%w_proj", (f"{t}x{h}", f"{h}x{h}", f"{t}x{h}"), "proj"),
        product("%1", "%proj", "%w_1", (f"{t}x{h}", f"{h}x{4*h}", f"{t}x{4*h}"), "FFN1"),
        product("%2", "%1", "%w_2", (f"{t}x{4*h}", f"{4*h}x{h}", f"{t}x{h}"), "FFN2"),
        f"scf.yield %2, %qkv, %o : {carried}",
        "}",
    ]
    if network.startswith("DeiT"):
        lines += [
            weight("w_embed", f"768x{h}"),
            product(
                "%e", "%patches", "%w_embed", ("196x768", f"768x{h}", f"196x{h}"), "embed"
            ),
        ]
    else:
        lines.append(f"%e = ub.poison : tensor<196x{h}xf32>")
    lines += [
        product(
            "%h", "%token", "%w_head", (f"1x{h}", f"{h}x{classes}", f"1x{classes}"), "head"
        ),
        f"return %all#0, %all#1, %all#2, %e, %h : {carried}, tensor<196x{h}xf32>, "
        f"tensor<1x{classes}xf32>",
        "}",
    ]
    return "\n".join(lines) + "\n"


def electronic_block(network):
    """What a block of a network does besides matrix products as MLIR, of 4 bits:
    the artifact's softmax, activation, normalization and two residuals."""
    _, h, heads, t, _ = NETWORKS[network]
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
    readings = table.get("readings", ["published", "mapped"])
    reports = {}
    for network in table["networks"]:
        name = NETWORKS[network][-1]
        for reading in readings:
            reports[network, reading] = programs.report(
                accelerator,
                name or network,
                reading,
                *options,
                text=None if name else products(network),
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
