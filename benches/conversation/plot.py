"""Draws how long callers wait: the share of turns answered by a time, real and rehearsed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benches.conversation.trial import Trial

WIDTH, HEIGHT, LEFT, BOTTOM, TOP, RIGHT = 760, 380, 56, 48, 24, 150
LONGEST_MS = 1600
COLOURS = {"none": "#c0392b", "oracle": "#7f8c8d", "balanced": "#2471a3", "eager": "#1e8449"}


def drawn(trials: Sequence[Trial]) -> str:
    """An SVG picture."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">',
        '<g font-family="sans-serif" font-size="12">',
        "<title>Share of turns whose answer is ready by a time after the final words</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        *_axes(),
    ]
    for place, trial in enumerate(trials):
        colour = COLOURS.get(trial.policy, "#8e44ad")
        for waits, dashes in ((trial.real, ""), (trial.virtual, ' stroke-dasharray="5 4"')):
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in _curve(waits))
            parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}"{dashes}/>')
        y = TOP + 20 + 20 * place
        parts.append(
            f'<text x="{WIDTH - RIGHT + 16}" y="{y}" fill="{colour}">{trial.policy}</text>'
        )
    parts.append(
        f'<text x="{WIDTH - RIGHT + 16}" y="{TOP + 30 + 20 * len(trials)}" fill="#555">'
        "solid: over HTTP</text>"
    )
    parts.append(
        f'<text x="{WIDTH - RIGHT + 16}" y="{TOP + 48 + 20 * len(trials)}" fill="#555">'
        "dashed: rehearsed</text>"
    )
    return "\n".join([*parts, "</g></svg>", ""])


def _axes() -> Iterator[str]:
    for ms in range(0, LONGEST_MS + 1, 400):
        x = _x(ms / 1000)
        yield f'<line x1="{x}" y1="{TOP}" x2="{x}" y2="{HEIGHT - BOTTOM}" stroke="#ddd"/>'
        yield f'<text x="{x}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{ms} ms</text>'
    for share in (0, 25, 50, 75, 100):
        y = _y(share / 100)
        yield f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="#ddd"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end">{share} %</text>'
    yield (
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 10}" text-anchor="middle">'
        "from the final words to the answer, its sound ready</text>"
    )


def _curve(waits: Sequence[float]) -> Iterator[tuple[float, float]]:
    ordered = sorted(waits)
    yield _x(0), _y(0)
    for number, wait in enumerate(ordered, 1):
        yield _x(min(wait, LONGEST_MS / 1000)), _y(number / len(ordered))


def _x(seconds: float) -> float:
    return LEFT + seconds * 1000 / LONGEST_MS * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)
