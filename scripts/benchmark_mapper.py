# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""benchmark_mapper.py RESULTS.json: the table of scripts/benchmark-mapper.

One line for each accelerator and network, from what ohas-mapper-benchmark
measured of its layers.
"""

import collections
import json
import sys

TO_SECONDS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1}

rows = collections.defaultdict(lambda: collections.defaultdict(list))
with open(sys.argv[1]) as results:
    for run in json.load(results)["benchmarks"]:
        kind, accelerator, network, *_ = run["name"].split("/")
        if run.get("error_occurred"):
            print(f"{run['name']}: {run['error_message']}")
            continue
        rows[accelerator, network][kind].append(run)


def seconds(runs):
    return [run["cpu_time"] * TO_SECONDS[run["time_unit"]] for run in runs]


def per_second(runs):
    return runs[0]["items_per_second"]


print("| Accelerator | Network | costs a second | over the general count | of neighbours | with checks |"
      " proven | proofs over heuristics | slowest over heuristics | bounds a second |"
      " incremental costs a second |")
print("|---|---|---|---|---|---|---|---|---|---|---|")
for (accelerator, network), row in rows.items():
    heuristics = sum(seconds(row["heuristic"]))
    proofs = seconds(row["proof"])
    cells = [
        accelerator,
        network,
        f"{per_second(row['cost']) / 1e3:.0f} k" if row["cost"] else "",
        f"{per_second(row['cost']) / per_second(row['general']):.1f}"
        if row["general"]
        else "",
        f"{per_second(row['neighbour']) / 1e3:.0f} k" if row["neighbour"] else "",
        f"{per_second(row['check']) / 1e3:.0f} k" if row["check"] else "",
        f"{sum(int(run['proven']) for run in row['proof'])} of {len(proofs)}",
        f"{sum(proofs) / heuristics:.2g}" if heuristics else "",
        f"{max(proofs) / heuristics:.2g}" if heuristics else "",
        f"{sum(run['bounds'] for run in row['proof']) / sum(proofs) / 1e3:.0f} k"
        if proofs
        else "",
        f"{per_second(row['incremental']) / 1e6:.0f} M" if row["incremental"] else "",
    ]
    print("| " + " | ".join(cells) + " |")
