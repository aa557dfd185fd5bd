"""Checks what must hold of any report: sums are exact, keys are there.

check_report.py REPORT [--macs N] [--same-totals REPORT] [--same-but-seconds REPORT]
"""

import argparse
import json

parser = argparse.ArgumentParser()
parser.add_argument("report")
parser.add_argument("--macs", type=int)
parser.add_argument("--same-totals")
parser.add_argument("--same-but-seconds")
args = parser.parse_args()
report = json.load(open(args.report))
totals = report["totals"]

assert report["schema"] == "ohas.report/1"
assert report["feasibility"] == {"ok": True, "reasons": [], "suggestions": []}
for figure in ("energy_fj", "latency_ps", "macs"):
    total = sum(layer["count"] * layer[figure] for layer in report["layers"])
    assert totals[figure] == total, (figure, totals[figure], total)
assert sum(report["breakdown"]["energy_fj"].values()) == totals["energy_fj"]
assert sum(report["breakdown"]["energy_by_kind_fj"].values()) == totals["energy_fj"]
assert sum(report["breakdown"]["area_um2"].values()) == totals["area_um2"]
peak = sum(report["breakdown"]["peak_power_mw"].values())
assert abs(peak - totals["peak_power_mw"]) < 1e-6 * peak
for layer in report["layers"]:
    assert sum(layer["breakdown"].values()) == layer["energy_fj"], layer["name"]
    macs = 1
    for size in layer.get("dims", {"N": 0}).values():
        macs *= size
    assert macs == layer["macs"], layer["name"]
# What the layers use, each in its own time, is what the network uses in all.
busy = sum(
    layer["count"] * layer["latency_ps"] * layer.get("utilization", 0)
    for layer in report["layers"]
)
assert abs(busy / totals["latency_ps"] - totals["utilization"]) < 1e-9
watts = totals["energy_fj"] / totals["latency_ps"] / 1000
assert abs(watts - totals["average_power_mw"] / 1000) < 1e-9 * watts

if args.macs is not None:
    assert report["model"]["macs"] == args.macs, report["model"]["macs"]
if args.same_totals:
    other = json.load(open(args.same_totals))
    assert other["totals"] == totals, (other["totals"], totals)
if args.same_but_seconds:
    other = json.load(open(args.same_but_seconds))
    assert other["search"].pop("seconds") >= 0
    assert report["search"].pop("seconds") >= 0
    assert other == report
