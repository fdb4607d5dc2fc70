"""Slowdowns planted by the gate's self-tests, to see that it would notice one."""

from __future__ import annotations

import os

VARIABLE = "GATE_PLANTED"
INSTRUCTIONS = "instructions"
SLEEP = "sleep"
EXTRA_CALLS_IN = 20  # one extra call in twenty is 5 % more instructions, exactly


def planted() -> str:
    """What is planted in this process, or nothing."""
    return os.environ.get(VARIABLE, "")


def calls_for(times: int) -> int:
    """How many calls to make where ``times`` are meant."""
    return times + times // EXTRA_CALLS_IN if planted() == INSTRUCTIONS else times
