"""What a process has used: CPU to the nanosecond, and memory."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

_SCHEDULER_CLOCK = 2


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes of one process; ``proportional`` shares pages fairly among who maps them."""

    resident: float
    proportional: float


def cpu_ns(pid: int) -> int:
    """CPU a process has used so far with all its threads, those that ended as well.

    The clock of another process, as ``clock_getcpuclockid(3)`` makes its number: /proc counts in
    ticks of 10 ms, too coarse for a short round.
    """
    return time.clock_gettime_ns(~pid << 3 | _SCHEDULER_CLOCK)


def memory(pid: int) -> Memory:
    """What a process holds now."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    fields = {
        line.split()[0]: int(line.split()[1]) / 1024
        for line in rollup.splitlines()
        if line.endswith("kB")
    }
    return Memory(fields["Rss:"], fields["Pss:"])


def children(pid: int) -> list[int]:
    """The processes a process has started and that still run, oldest first."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    return [int(child) for child in listed.split()]


def command_line(pid: int) -> bytes:
    """How a process was started."""
    return Path(f"/proc/{pid}/cmdline").read_bytes()
