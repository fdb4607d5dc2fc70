"""Charts as plain figures: a template draws them, beside a table that says the same."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH, HEIGHT = 640, 200
"""Of a chart's picture; axis and labels are within."""

_LEFT, _TOP, _BOTTOM = 64, 12, 24
_STEPS = (1, 2, 5, 10)
_LABELS = 8  # as many fit side by side
_GAP = 0.25  # of a bar's room


@dataclass(frozen=True, slots=True)
class Label:
    """A word on an axis."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with what it means."""

    x: float
    y: float
    width: float
    height: float
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line through ``points``, as SVG writes them; ``ends`` are those points by themselves."""

    name: str
    points: str
    ends: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, within WIDTH and HEIGHT; ``grid`` are the heights of its lines across."""

    labels: Sequence[Label]
    grid: Sequence[float]
    bars: Sequence[Bar] = ()
    lines: Sequence[Line] = ()


def bar_chart(names: Sequence[str], values: Sequence[float], told: Sequence[str]) -> Chart:
    """A bar for each value; ``told`` says it with its unit. Raises ValueError for none."""
    top = ceiling(max(values))
    room = _room(len(values))
    bars = [
        Bar(
            _round(_LEFT + place * room + room * _GAP / 2),
            _y(value, top),
            _round(room * (1 - _GAP)),
            _round(_y(0, top) - _y(value, top)),
            f"{name}: {text}",
        )
        for place, (name, value, text) in enumerate(zip(names, values, told, strict=True))
    ]
    return Chart([*_below(names), *_beside(top)], _grid(top), bars=bars)


def line_chart(names: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]) -> Chart:
    """A line for each of the series, of as many values as there are names, at least one."""
    top = ceiling(max(value for _, values in series for value in values))
    room = _room(len(names))
    lines = []
    for name, values in series:
        ends = [
            (_round(_LEFT + (place + 0.5) * room), _y(value, top))
            for place, value in enumerate(values)
        ]
        lines.append(Line(name, " ".join(f"{x},{y}" for x, y in ends), ends))
    return Chart([*_below(names), *_beside(top)], _grid(top), lines=lines)


def ceiling(value: float) -> float:
    """The round number at or above a value; 1 for nothing."""
    if value <= 0:
        return 1.0
    tens = 10.0 ** floor(log10(value))
    return next(step * tens for step in _STEPS if value <= step * tens * (1 + 1e-9))


def _room(count: int) -> float:
    return (WIDTH - _LEFT) / count


def _y(value: float, top: float) -> float:
    whole = HEIGHT - _TOP - _BOTTOM
    return _round(_TOP + whole * (1 - value / top))


def _grid(top: float) -> list[float]:
    return [_y(value, top) for value in (0, top / 2, top)]


def _beside(top: float) -> list[Label]:
    return [Label(_LEFT - 6, _y(value, top) + 4, f"{value:g}") for value in (0, top / 2, top)]


def _below(names: Sequence[str]) -> list[Label]:
    """As many names as fit, at equal distances."""
    every = -(-len(names) // _LABELS)
    room = _room(len(names))
    return [
        Label(_round(_LEFT + (place + 0.5) * room), HEIGHT - 6, name)
        for place, name in enumerate(names)
        if place % every == 0
    ]


def _round(value: float) -> float:
    return round(value, 1)
