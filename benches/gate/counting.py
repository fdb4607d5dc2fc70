"""Runs under valgrind: calls every subject 100 and 300 times between marks that part the profile.

The mark is the C function ``ctermid``, which nothing else calls: callgrind writes down what it
counted whenever it is entered. So one process measures all subjects. Counting is off while they
are set up, which would take minutes otherwise.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys

from benches.gate.planted import calls_for
from benches.gate.subjects import SUBJECTS

MARK = "ctermid"
FEW, MANY = 100, 300
WARM_UP = 20


def count(names: list[str]) -> None:
    """Call each subject between marks: four a subject, the second and the fourth part count."""
    for name in names:
        with SUBJECTS[name]() as subject:
            subject.run(WARM_UP)
            gc.collect()
            gc.disable()
            _counting("on")
            subject.run(WARM_UP)
            for calls in (FEW, MANY):
                subject.settle()
                os.ctermid()
                subject.run(calls_for(calls))
                os.ctermid()
            _counting("off")
            gc.enable()
        sys.stderr.write(f"counted {name}\n")


def _counting(state: str) -> None:
    command = ["vgdb", "--wait=10", f"--pid={os.getpid()}", "instrumentation", state]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as vgdb:  # noqa: S603 - valgrind's own command, spelt out above
        while vgdb.poll() is None:
            sum(range(100))  # valgrind listens while instructions run, not while we wait
    if vgdb.returncode:
        raise RuntimeError(f"vgdb could not switch counting {state}: is valgrind installed whole?")


if __name__ == "__main__":
    count(sys.argv[1:])
