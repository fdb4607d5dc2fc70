r"""The regular expressions of the metadata, read into trees.

Only what the metadata and libphonenumber's own patterns use: literals, classes, groups,
alternatives, counted and open repetition, ``\d``, escapes and ``$``.
"""

from __future__ import annotations

from dataclasses import dataclass

DIGIT = "\\d"
"""Stands for any decimal digit, of whatever script."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of a set; ``DIGIT`` in it stands for every decimal digit."""

    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The first of the options that leads to a match."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A node ``least`` to ``most`` times, as often as possible; ``None`` is without end."""

    node: Node
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """A capturing group; numbers begin at 1."""

    number: int
    node: Node


@dataclass(frozen=True, slots=True)
class End:
    """Nothing may follow."""


Node = Chars | Sequence | Choice | Repeat | Group | End


def parse(pattern: str) -> Node:
    """The tree of a pattern; raises ValueError for syntax the metadata has not used so far."""
    reader = _Reader(pattern)
    node = reader.choice()
    if not reader.done:
        raise reader.unexpected()
    return node


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._groups = 0

    @property
    def done(self) -> bool:
        return self._at == len(self._pattern)

    def unexpected(self) -> ValueError:
        return ValueError(f"cannot read {self._pattern!r} from {self._pattern[self._at :]!r} on")

    def choice(self) -> Node:
        options = [self._sequence()]
        while self._take("|"):
            options.append(self._sequence())
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def _sequence(self) -> Node:
        parts = []
        while not self.done and self._pattern[self._at] not in "|)":
            parts.append(self._repeated(self._atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _repeated(self, node: Node) -> Node:
        if self._take("?"):
            return Repeat(node, 0, 1)
        if self._take("*"):
            return Repeat(node, 0, None)
        if self._take("+"):
            return Repeat(node, 1, None)
        if self._take("{"):
            bounds, _, self._at = self._until("}")
            least, comma, most = bounds.partition(",")
            return Repeat(node, int(least), int(most) if most else None if comma else int(least))
        return node

    def _atom(self) -> Node:
        if self._take("(?:"):
            node = self.choice()
            self._expect(")")
            return node
        if self._take("("):
            self._groups += 1
            number = self._groups
            node = Group(number, self.choice())
            self._expect(")")
            return node
        if self._take("["):
            return self._class()
        if self._take("$"):
            return End()
        if self._pattern.startswith(("(?", "^", ".", "*", "+", "?", "{"), self._at):
            raise self.unexpected()
        return Chars(frozenset(self._character()))

    def _class(self) -> Node:
        members: set[str] = set()
        while not self._take("]"):
            first = self._character()
            if first != [DIGIT] and self._pattern[self._at] == "-" and self._range_follows():
                self._at += 1
                (last,) = self._character()
                members.update(map(chr, range(ord(first[0]), ord(last) + 1)))
            else:
                members.update(first)
        return Chars(frozenset(members))

    def _range_follows(self) -> bool:
        return self._pattern[self._at + 1] != "]"

    def _character(self) -> list[str]:
        if self.done:
            raise self.unexpected()
        if self._take(DIGIT):
            return [DIGIT]
        if self._take("\\t"):
            return ["\t"]
        if self._take("\\") and self._pattern[self._at].isalnum():
            raise self.unexpected()
        self._at += 1
        return [self._pattern[self._at - 1]]

    def _until(self, end: str) -> tuple[str, str, int]:
        stop = self._pattern.index(end, self._at)
        return self._pattern[self._at : stop], end, stop + 1

    def _take(self, text: str) -> bool:
        if not self._pattern.startswith(text, self._at):
            return False
        self._at += len(text)
        return True

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise self.unexpected()
