"""What the directory's tests begin with: two numbers, something to find, a clock."""

from __future__ import annotations

A = "+12395551212"
B = "+12395551213"


class Value:
    """Something that can be told apart and watched."""


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now
