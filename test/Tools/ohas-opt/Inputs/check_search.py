"""Checks the search part of a report: the front is one, and holds the winner."""

import json
import math
import sys

report = json.load(open(sys.argv[1]))
search, totals = report["search"], report["totals"]
front = [
    (p["latency_ps"], p["energy_fj"], p["area_um2"]) for p in search["pareto"]
]
winner = (totals["latency_ps"], totals["energy_fj"], totals["area_um2"])
assert winner in front
for a in front:
    for b in front:
        assert a == b or not all(x <= y for x, y in zip(a, b)), (a, b)
best = min(latency * energy for latency, energy, _ in front)
assert winner[0] * winner[1] == best
second = search["runner_up"]
assert second["knobs"] != report["accelerator"]["knobs"]
product = second["latency_ps"] * second["energy_fj"]
assert product >= best
assert abs(product / best - second["relative_objective"]) < 1e-9
effects = [abs(math.log(s["relative_objective"])) for s in search["sensitivity"]]
assert effects == sorted(effects, reverse=True) and effects[0] > 0
assert search["evaluator"] == "model"
assert search["evaluated"] == search["space_size"] == 6
assert search["pruned"] + search["beaten"] + search["mapped"] == 6
assert search["front_axes"] == ["latency", "energy", "area"]
assert search["exhaustive"] and not search["proven_optimal"]
assert search["seed"] == 7
