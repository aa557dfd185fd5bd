"""Runs a command while this process holds a lock on a file."""

import fcntl
import subprocess
import sys

with open(sys.argv[1], "r+") as file:
    fcntl.lockf(file, fcntl.LOCK_EX)
    sys.exit(subprocess.call(sys.argv[2:]))
