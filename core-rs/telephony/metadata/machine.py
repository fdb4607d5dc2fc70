"""Patterns as machines: every way a pattern can match, followed character by character.

A state is the list of ways still open, best first, as a backtracking engine would try them; so
the first way that matches is the match such an engine finds, and its groups are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import patterns
from patterns import DIGIT

Groups = tuple[int, ...]
"""Where groups begin and end: group 1 at [0] and [1] and so on; -1 where none took part."""


class Step(NamedTuple):
    """Take one of the characters, then go on."""

    characters: frozenset[str]
    then: int


class Fork(NamedTuple):
    """Try one way, then the other."""

    first: int
    second: int


class Mark(NamedTuple):
    """Note where a group begins or ends, then go on."""

    slot: int
    then: int


class AtEnd(NamedTuple):
    """Go on if nothing follows."""

    then: int


class Matched(NamedTuple):
    """The pattern has matched."""


Instruction = Step | Fork | Mark | AtEnd | Matched


class Way(NamedTuple):
    """One way to match: the instruction it waits at, and the groups so far."""

    at: int
    groups: Groups


State = tuple[Way, ...]


class Match(NamedTuple):
    """Where a match ends, and its groups."""

    end: int
    groups: Groups


@dataclass(slots=True)
class Machine:
    """A pattern, compiled. ``whole`` matches must take the entire text, others only its start."""

    tree: patterns.Node
    whole: bool
    _code: list[Instruction] = field(default_factory=list)
    _groups: int = 0
    _start: int = 0

    def __post_init__(self) -> None:
        self._code.append(Matched())
        self._start = self._compile(self.tree, 0)

    def start(self) -> State:
        """The state before the first character."""
        return self._settle([(self._start, (-1,) * (2 * self._groups))], 0)

    def step(self, state: State, character: str, depth: int) -> State:
        """The state after one more character, of which there are ``depth`` then."""
        moved = []
        for way in state:
            instruction = self._code[way.at]
            if isinstance(instruction, Step) and character in instruction.characters:
                moved.append((instruction.then, way.groups))
        return self._settle(moved, depth)

    def match(self, state: State, depth: int, *, at_end: bool) -> Match | None:
        """The match that ends here, if any; ``at_end`` when nothing follows."""
        for way in state:
            instruction = self._code[way.at]
            if isinstance(instruction, Matched):
                return Match(depth, way.groups)
            if at_end and isinstance(instruction, AtEnd):
                # What follows "$" can only note groups that are complete.
                (settled,) = self._settle([(instruction.then, way.groups)], depth)
                return Match(depth, settled.groups)
        return None

    def _settle(self, ways: list[tuple[int, Groups]], depth: int) -> State:
        """Follow what takes no character; a second way to the same place can only come later."""
        settled: dict[int, Groups] = {}
        stack = ways[::-1]
        while stack:
            at, groups = stack.pop()
            if at in settled:
                continue
            instruction = self._code[at]
            if isinstance(instruction, Fork):
                stack += [(instruction.second, groups), (instruction.first, groups)]
            elif isinstance(instruction, Mark):
                slot = instruction.slot
                stack.append((instruction.then, (*groups[:slot], depth, *groups[slot + 1 :])))
            else:
                settled[at] = groups
                if isinstance(instruction, Matched) and not self.whole:
                    break  # worse ways do not count once one has matched
        return tuple(Way(at, groups) for at, groups in settled.items())

    def _compile(self, node: patterns.Node, then: int) -> int:
        """Add the instructions of a node, which go on at ``then``; returns where they begin."""
        match node:
            case patterns.Chars(members):
                return self._add(Step(_written_out(members), then))
            case patterns.Sequence(parts):
                for part in reversed(parts):
                    then = self._compile(part, then)
                return then
            case patterns.Choice(options):
                begins = [self._compile(option, then) for option in options]
                at = begins.pop()
                for begin in reversed(begins):
                    at = self._add(Fork(begin, at))
                return at
            case patterns.Repeat(inner, least, most):
                return self._repeat(inner, least, most, then)
            case patterns.Group(number, inner):
                self._groups = max(self._groups, number)
                inside = self._compile(inner, self._add(Mark(2 * number - 1, then)))
                return self._add(Mark(2 * number - 2, inside))
            case patterns.End():
                return self._add(AtEnd(then))

    def _repeat(self, node: patterns.Node, least: int, most: int | None, then: int) -> int:
        if most is None:
            loop = self._add(Fork(0, then))
            self._code[loop] = Fork(self._compile(node, loop), then)
            at = loop
        else:
            at = then
            for _ in range(most - least):
                at = self._add(Fork(self._compile(node, at), then))
        for _ in range(least):
            at = self._compile(node, at)
        return at

    def _add(self, instruction: Instruction) -> int:
        self._code.append(instruction)
        return len(self._code) - 1


def _written_out(members: frozenset[str]) -> frozenset[str]:
    r"""``\d`` with the ten digits as well, for machines that read digits alone."""
    return members | frozenset("0123456789") if DIGIT in members else members


class Language:
    """The texts a pattern matches as a whole, or with ``prefix`` those that begin with a match.

    States are small numbers, 0 the one from which nothing matches; made when first needed.
    """

    def __init__(self, tree: patterns.Node, *, prefix: bool = False) -> None:
        self._machine = Machine(tree, whole=True)
        self._prefix = prefix
        self._known: dict[frozenset[int], int] = {frozenset(): 0}
        self._states: list[State] = [()]
        self._next: list[dict[str, int]] = [{}]
        self.accepts: list[bool] = [False]
        self.start = self._number(self._machine.start())

    def step(self, state: int, character: str) -> int:
        """The state after one more character."""
        found = self._next[state].get(character)
        if found is None:
            stay = self._prefix and self.accepts[state]
            moved = self._machine.step(self._states[state], character, 0)
            found = state if stay else self._number(moved)
            self._next[state][character] = found
        return found

    def _number(self, state: State) -> int:
        key = frozenset(way.at for way in state)
        if key not in self._known:
            self._known[key] = len(self._states)
            self._states.append(state)
            self._next.append({})
            self.accepts.append(self._machine.match(state, 0, at_end=True) is not None)
        return self._known[key]
