"""Checks a report for two objectives against one for the first alone: as good
in the first, and no worse in the second.

check_lexicographic.py BOTH ALONE [--less]: with --less better in the second
"""

import json
import sys

both, alone = (json.load(open(path)) for path in sys.argv[1:3])
first, second = both["objective"].split(",")
assert alone["objective"] == first
figures = {"latency": "latency_ps", "energy": "energy_fj"}
ours, theirs = both["totals"], alone["totals"]
assert ours[figures[first]] == theirs[figures[first]], (ours, theirs)
assert ours[figures[second]] <= theirs[figures[second]], (ours, theirs)
if "--less" in sys.argv:
    assert ours[figures[second]] < theirs[figures[second]], (ours, theirs)
