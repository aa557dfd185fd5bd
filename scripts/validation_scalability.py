#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What links allow: detectors, and the largest banks. See validation.py."""

from validation_page import Block, Column


def at(rate, *knobs):
    """Options for a rate such as `5 GS/s`."""
    choices = [f"clock_ghz={rate.split()[0]}", *knobs]
    return [option for choice in choices for option in ("--knob", choice)]


def largest(programs, spec, rate):
    """The largest N that the laser's limit allows: more rings need more light."""

    def is_allowed(n):
        sizes = [f"{knob}={n}" for knob in spec["knobs"]]
        link = programs.link(spec["accelerator"], *at(rate, "slice_bits=4", *sizes))
        return link["laser_dbm"] <= link["limit_dbm"]

    n = 0
    while is_allowed(n + 1):
        n += 1
    return n


def needed(programs, spec, row):
    """dBm at the detector for `BITS bits, RATE GS/s`."""
    bits, rate = row.split(" bits, ")
    link = programs.link(spec["accelerator"], *at(rate, f"slice_bits={bits}"))
    return link["needs_dbm"]


def scalability(programs, page, data):
    page.accelerator("scalability", data)
    for table, figure in (("limits", largest), ("detector", needed)):
        blocks = []
        for spec in data[table]["blocks"]:
            figures = {row: figure(programs, spec, row) for row in spec["figures"]}
            column = Column("ours", "published", figures)
            blocks.append(
                Block(spec["name"], spec["heading"], spec["figures"], spec, [column])
            )
        page.table(data[table], blocks)
