"""Two searches of one space: best, runner-up and front are the same."""

import json
import sys

one, other = (json.load(open(path)) for path in sys.argv[1:3])
for key in ("runner_up", "pareto", "front_axes", "evaluated", "pruned"):
    assert one["search"][key] == other["search"][key], key
assert one["totals"] == other["totals"]
assert one["search"]["mapped"] >= other["search"]["mapped"]
