"""Kills a search a number of times, each at another length of its journal, and
lets it end at last. `interrupt.py JOURNAL TIMES -- COMMAND` leaves resumed.json."""

import os
import random
import subprocess
import sys
import time

journal, times = sys.argv[1], int(sys.argv[2])
command = sys.argv[4:]
whole = os.path.getsize(journal)
lines = open(journal).read().count("\n")
draw = random.Random(1)
killed = 0
growing = "growing"
for _ in range(times):
    search = subprocess.Popen(
        command + ["--journal=" + growing], stdout=subprocess.DEVNULL
    )
    size = os.path.getsize(growing) if os.path.exists(growing) else 0
    if size >= whole:  # it ended before it could be killed
        os.remove(growing)
        size = 0
    limit = draw.randrange(size, whole)
    while search.poll() is None:
        if os.path.exists(growing) and os.path.getsize(growing) > limit:
            search.kill()
            killed += 1
            break
        time.sleep(0.001)
    search.wait()
assert killed > 0
# And in the middle of a line.
data = open(growing, "rb").read()
open(growing, "wb").write(data[: max(len(data) - 7, 1)])
subprocess.run(
    command + ["--journal=" + growing, "--json=resumed.json"],
    check=True,
    stdout=subprocess.DEVNULL,
)
assert open(growing).read().count("\n") == lines
assert set(open(growing)) == set(open(journal))
