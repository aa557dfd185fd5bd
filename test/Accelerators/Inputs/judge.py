# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A page of made-up figures: judge.py SCRIPTS"""

import sys

sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])
from validation_page import Block, Column, Page

CAUSES = {
    "published": [{"of": ["power/bad/*"], "within": 10, "text": "Known."}],
    "mapped": [{"of": ["power/slow/*"], "text": "Idle."}],
}
page = Page(["Made up."])
page.accelerator(
    "toy", {"title": "Toy", "source": "nobody", "text": "None.", "causes": CAUSES}
)
printed = {"good": "1.00", "digit": "0.01", "bad": "1", "slow": "1", "total": "2.00"}
page.table(
    {"title": "Power", "rows": "part"},
    [
        Block(
            "power",
            "paper",
            printed,
            {"tolerance_percent": 2, "total_percent": 1, "rounding": True},
            [
                Column(
                    "published reading",
                    "published",
                    {"good": 1.019, "digit": 0.014, "bad": 1.6, "slow": 0, "total": 2.03},
                ),
                Column(
                    "mapped reading",
                    "mapped",
                    {"good": 1.04, "digit": 0.016, "bad": 1, "slow": 3},
                ),
            ],
        )
    ],
)
print(page.finish())
print(*page.failures, sep="\n")
