"""What is dialled before a number, abroad and at home, and what becomes of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import patterns
from forest import DIGITS
from machine import Machine, Match, State

if TYPE_CHECKING:
    from collections.abc import Iterator

REPLACEMENT = re.compile(r"(\d*)\\(\d)")


class Action(NamedTuple):
    """Put ``literal`` and the digits from ``start`` to ``stop`` in place of the first ``end``."""

    literal: str
    start: int
    stop: int
    end: int


class Outcome(NamedTuple):
    """What to do when digits follow, and when none do; None is nothing."""

    going_on: Action | None
    at_end: Action | None


class Outcomes:
    """Every outcome once, by its code; 0 is none."""

    def __init__(self) -> None:
        self.actions: dict[Action | None, int] = {None: 0}
        self._codes: dict[Outcome, int] = {Outcome(None, None): 0}

    def code(self, outcome: Outcome) -> int:
        """The code of an outcome."""
        for action in outcome:
            self.actions.setdefault(action, len(self.actions))
        return self._codes.setdefault(outcome, len(self._codes))

    def __iter__(self) -> Iterator[tuple[int, int]]:
        """The codes of each outcome's two actions."""
        for outcome in self._codes:
            yield self.actions[outcome.going_on], self.actions[outcome.at_end]


class Prefix:
    """A walk along a prefix and no further; ``transform`` as libphonenumber's transform rules."""

    def __init__(self, pattern: str, transform: str | None, outcomes: Outcomes) -> None:
        self._machine = Machine(patterns.parse(pattern), whole=False)
        self._transform = transform
        self._outcomes = outcomes
        self.start = self._machine.start()

    def step(self, state: State, digit: str, depth: int) -> State | None:
        """The ways to go on after a digit."""
        return self._machine.step(state, digit, depth) or None

    def verdict(self, state: State, depth: int) -> int:
        """The code of what a match that ends here leads to."""
        matches = (self._machine.match(state, depth, at_end=at_end) for at_end in (False, True))
        return self._outcomes.code(Outcome(*map(self._action, matches)))

    def starters(self) -> str:
        """The first digits of numbers that may have this prefix."""
        if self._machine.match(self.start, 0, at_end=False):
            return DIGITS
        return "".join(digit for digit in DIGITS if self.step(self.start, digit, 1))

    def _action(self, match: Match | None) -> Action | None:
        if match is None:
            return None
        # As in libphonenumber, a rule applies when the last group took part in the match.
        if not self._transform or not match.groups or match.groups[-1] < 0:
            return Action("", 0, 0, match.end)
        literal, group = _replacement(self._transform)
        return Action(literal, match.groups[2 * group - 2], match.groups[2 * group - 1], match.end)


def _replacement(transform: str) -> tuple[str, int]:
    found = REPLACEMENT.fullmatch(transform)
    if found is None:
        raise ValueError(f"a transform rule of a new form: {transform!r}")
    return found[1], int(found[2])
