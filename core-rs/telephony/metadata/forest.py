"""Minimal automata over digits that share their states, however many roots there are.

The numbers people dial are of limited length, so no automaton here has a loop: a state is settled
by what it says of a number that ends there and by its ten successors, and two equal ones are one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Hashable

DIGITS = "0123456789"
DEAD = 0

Children = tuple[int, ...]
T = TypeVar("T", bound="Hashable")


class Walk(Protocol[T]):
    """A way through digits that a forest can write down; states are of the walk's own making."""

    def verdict(self, state: T, depth: int) -> int:
        """What is said of a number of ``depth`` digits that ends here; 0 is nothing."""

    def step(self, state: T, digit: str, depth: int) -> T | None:
        """The state after a digit, of which there are ``depth`` then; None when all is lost."""


@dataclass(slots=True)
class Forest:
    """States as (verdict, ten successors); state 0 says nothing and leads nowhere."""

    states: list[tuple[int, Children]] = field(default_factory=lambda: [(0, (DEAD,) * 10)])
    _known: dict[tuple[int, Children], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._known[self.states[DEAD]] = DEAD

    def add(self, verdict: int, children: Children) -> int:
        """The state that says and leads so."""
        state = (verdict, children)
        found = self._known.setdefault(state, len(self.states))
        if found == len(self.states):
            self.states.append(state)
        return found

    def grow(self, walk: Walk[T], start: T) -> int:
        """Write down a walk from its start; returns the root."""
        made: dict[tuple[int, T], int] = {}

        def visit(state: T | None, depth: int) -> int:
            if state is None:
                return DEAD
            key = (depth, state)
            if key not in made:
                children = tuple(
                    visit(walk.step(state, digit, depth + 1), depth + 1) for digit in DIGITS
                )
                made[key] = self.add(walk.verdict(state, depth), children)
            return made[key]

        return visit(start, 0)
