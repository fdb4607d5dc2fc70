"""How national numbers are written: every format as the places where groups begin."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import patterns
from machine import Machine, State
from plans import LONGEST, leading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from phonenumbers.phonemetadata import NumberFormat

    from machine import Language

FIRST_GROUP = re.compile(r"\\\d")
PIECE = re.compile(r"\\(\d)|([^\\]+)")
COPY = 0x80  # a byte with this bit copies as many digits as its other bits say
SKIP = 0xC0  # and with these two it leaves them out


class Layout(NamedTuple):
    r"""A rule such as ``(\1) \2-\3`` with the places of its groups in the number."""

    rule: str
    groups: tuple[int, ...]

    def code(self) -> bytes:
        """The layout as text bytes between counts of digits to copy or to skip."""
        written, at = bytearray(), 0
        for piece in PIECE.finditer(self.rule):
            if piece[2]:
                written += piece[2].encode("ascii")
                continue
            start, stop = self.groups[2 * int(piece[1]) - 2 : 2 * int(piece[1])]
            if start < at:
                raise ValueError(f"a format that goes back: {self.rule!r}")
            written += bytes([SKIP | (start - at)] if start > at else []) + bytes(
                [COPY | (stop - start)]
            )
            at = stop
        return bytes(written)


class Layouts:
    """Every layout once, by its code; 0 is none."""

    def __init__(self) -> None:
        self.codes: dict[bytes, int] = {b"": 0}

    def code(self, layout: Layout) -> int:
        """The code of a layout."""
        return self.codes.setdefault(layout.code(), len(self.codes))


class Format:
    """One format of a calling code."""

    def __init__(self, source: NumberFormat, *, national: bool) -> None:
        rule = source.format or ""
        prefix = source.national_prefix_formatting_rule
        if national and prefix:
            # The prefix's own "first group" is whichever group stands first in the rule.
            rule = FIRST_GROUP.sub(lambda first: prefix.replace("\\1", first[0]), rule, count=1)
        self.rule = rule
        self.machine = _machine(source.pattern or "")
        # The last pattern is the most detailed one; the others are for numbers being typed.
        starts = source.leading_digits_pattern
        self.leading: Language | None = leading(starts[-1]) if starts else None


@cache
def _machine(pattern: str) -> Machine:
    return Machine(patterns.parse(pattern), whole=True)


FormatState = tuple[tuple[int, int, State], ...]


class Formatting:
    """A walk through a national number that finds the first format that fits it."""

    def __init__(
        self, sources: Sequence[NumberFormat], layouts: Layouts, *, national: bool
    ) -> None:
        self._formats = [Format(source, national=national) for source in sources]
        self._layouts = layouts
        self.start: FormatState = tuple(
            (at, one.leading.start if one.leading else 0, one.machine.start())
            for at, one in enumerate(self._formats)
        )

    def step(self, state: FormatState, digit: str, depth: int) -> FormatState | None:
        """The formats that may still fit after a digit."""
        moved = []
        for at, start, ways in state:
            one = self._formats[at]
            start_then = one.leading.step(start, digit) if one.leading else 0
            ways_then = one.machine.step(ways, digit, depth)
            if ways_then and (start_then or not one.leading):
                moved.append((at, start_then, ways_then))
        return tuple(moved) if moved and depth <= LONGEST else None

    def verdict(self, state: FormatState, depth: int) -> int:
        """The code of the first format's layout; 0 when none fits."""
        for at, start, ways in state:
            one = self._formats[at]
            match = one.machine.match(ways, depth, at_end=True)
            if match and (one.leading is None or one.leading.accepts[start]):
                return self._layouts.code(Layout(one.rule, match.groups))
        return 0
