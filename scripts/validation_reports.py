#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What ohas-opt reports, and footprints in it. See validation.py."""

import hashlib
import json
import subprocess
import sys

from validation_page import Block, Column


def fail(message):
    sys.exit(f"validation: error: {message}")


class Programs:
    """Runs ohas-networks and ohas-opt; without `mapped`, there are no reports
    of that reading. What is in `folder` from another run is taken from there."""

    def __init__(self, binaries, folder, mapped):
        self.binaries, self.folder, self.mapped = binaries, folder, mapped

    def output(self, *key):
        """Where the report that `key` asks for is kept."""
        name = hashlib.sha256(json.dumps(key).encode()).hexdigest()
        return self.folder / f"{name}.json"

    def run(self, program, *arguments, allowed=(0,)):
        try:
            done = subprocess.run(
                [self.binaries / program, *arguments], capture_output=True, text=True
            )
        except OSError as error:
            fail(
                f"cannot run {error.filename}: {error.strerror}; "
                "--bin names its folder"
            )
        if done.returncode not in allowed:
            fail(f"{program} {' '.join(map(str, arguments))}: {done.stderr.strip()}")

    def link(self, accelerator, *options):
        """The link budget of an accelerator, feasible or not."""
        output = self.output("link", accelerator, *options)
        if not output.exists():
            self.run(
                "ohas-opt",
                "--explain-link",
                f"--accelerator={accelerator}",
                f"--json={output}",
                *options,
                allowed=(0, 2),
            )
        return json.loads(output.read_text())

    def report(
        self,
        accelerator,
        network,
        reading,
        *options,
        tokens=None,
        text=None,
        no_products=False,
    ):
        """Of a network of ohas-networks, with as many `tokens`, or of a module's
        `text`. Nothing is mapped in a network of `no_products`."""
        if reading == "mapped" and not self.mapped and not no_products:
            return None
        network_key = (network, tokens, text)
        output = self.output("report", accelerator, network_key, reading, *options)
        if not output.exists():
            stem = f"{network}-{tokens}" if tokens else network
            model = self.folder / f"{stem}.{'mlir' if text else 'onnx'}"
            if text:
                model.write_text(text)
            elif not model.exists():
                length = [f"--seq={tokens}"] if tokens else []
                self.run("ohas-networks", network, "-o", model, *length)
            self.run(
                "ohas-opt",
                model,
                "--estimate",
                f"--accelerator={accelerator}",
                f"--reading={reading}",
                f"--json={output}",
                *options,
                allowed=(0, 2),
            )
        return json.loads(output.read_text())


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


def both_readings(programs, accelerator, network, options, figures, text=None):
    """The columns of `figures(report, reading)` in both readings."""
    return [
        Column(f"{reading} reading", reading, figures(report, reading))
        for reading in ("published", "mapped")
        for report in [
            programs.report(accelerator, network, reading, *options, text=text)
        ]
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
