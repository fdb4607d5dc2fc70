"""Where the time of each turn went, as bars: every piece in its place, and the same in figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.call_view import Segment, TurnView

WIDTH = 600.0
"""Of the longest bar, in the drawing's own units."""

_PARTS: dict[str, str] = {
    "receive": "a",
    "parse": "a",
    "verify": "a",
    "lookup": "a",
    "memory": "b",
    "decide": "e",
    "answer": "d",
    "commit": "b",
    "render": "c",
}
"""Stages that do the same kind of work have one colour: five can be told apart, nine cannot."""

LEGEND: dict[str, str] = {
    "a": "receive, verify, look up",
    "b": "memory and log",
    "c": "write the reply",
    "d": "find the answer",
    "e": "decide, and the rest",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment where it is drawn; ``colour`` is a class of the style."""

    segment: Segment
    x: float
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The time a turn took here, and ``elsewhere``: at Twilio, and while the caller spoke.

    Both in nanoseconds.
    """

    turn: TurnView
    pieces: tuple[Piece, ...]
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Bars:
    """The bars of a call, all drawn to one scale; ``longest`` is in nanoseconds."""

    bars: tuple[Bar, ...]
    longest: int

    @property
    def stages(self) -> tuple[str, ...]:
        """The names of the service's own stages, in the order they came."""
        every = (piece.segment.name for bar in self.bars for piece in bar.pieces)
        return tuple(dict.fromkeys(every))


def bars_of(turns: Sequence[TurnView]) -> Bars:
    """The bars of those turns whose time is known."""
    timed = [turn for turn in turns if turn.ours_ns]
    longest = max((turn.ours_ns for turn in timed), default=0)
    return Bars(tuple(_bar(turn, WIDTH / longest) for turn in timed), longest)


def _bar(turn: TurnView, scale: float) -> Bar:
    pieces, x = [], 0.0
    for segment in turn.segments:
        if segment.ours:
            width = segment.nanoseconds * scale
            colour = _PARTS.get(segment.name, "e")
            pieces.append(Piece(segment, round(x, 2), round(width, 2), colour))
            x += width
    elsewhere = sum(one.nanoseconds for one in turn.segments if not one.ours)
    return Bar(turn, tuple(pieces), elsewhere)
