# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What choices do to an estimate: knobs.py NETWORK ACCELERATOR CLAIM...

A claim is '[CHOICE,...] FIGURE up|down|same [CHOICE,...]': with the second choices
the figure is higher, lower or the same as with the first. A choice is KNOB=VALUE or
devices=SET, `-` for none. FIGURE is latency_ps, energy_fj or area_um2, or a component of
the energy. Instead of up and the like, '- infeasible CHOICE' says that the design
cannot be built. Prints a line for each claim.
"""

import json
import subprocess
import sys


def run(network, accelerator, choices):
    command = ["ohas-opt", network, "--estimate", f"--accelerator={accelerator}"]
    command += ["--json=-"]
    for choice in choices.split(",") if choices != "-" else []:
        name, value = choice.split("=")
        command += (
            [f"--devices={value}"] if name == "devices" else ["--knob", choice]
        )
    return subprocess.run(command, capture_output=True, text=True, check=False)


def figure(network, accelerator, choices, name):
    result = run(network, accelerator, choices)
    if result.returncode:
        sys.exit(f"{choices}: {result.stderr}")
    report = json.loads(result.stdout)
    totals, energies = report["totals"], report["breakdown"]["energy_fj"]
    return totals[name] if name in totals else energies[name]


def main():
    network, accelerator = sys.argv[1:3]
    failed = False
    for claim in sys.argv[3:]:
        first, name, *rest = claim.split()
        if name == "infeasible":
            result = run(network, accelerator, rest[0])
            # 2: the report is there, and says why.
            holds = result.returncode == 2 and "cannot be built" in result.stderr
        else:
            direction, second = rest
            before = figure(network, accelerator, first, name)
            after = figure(network, accelerator, second, name)
            holds = {
                "up": after > before,
                "down": after < before,
                "same": after == before,
            }[direction]
        print(f"{'holds' if holds else 'FAILS'}: {claim}")
        failed |= not holds
    sys.exit(failed)


if __name__ == "__main__":
    main()
