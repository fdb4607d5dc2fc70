"""How a call that was played again looks in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import RenderableType

    from clientsvia.admin.replay import Pair, Replay, Side

_NANOSECONDS_IN_MS = 1_000_000


def in_full(again: Replay) -> Iterator[RenderableType]:
    """Every event with what came of it then and now, and what it comes to."""
    table = Table(box=None, pad_edge=False)
    table.add_column("caller", style="cyan", ratio=1, overflow="fold")
    for name in ("then", "now"):
        table.add_column(name, ratio=2, overflow="fold")
    table.add_column("ms then", justify="right")
    table.add_column("ms now", justify="right")
    for pair in again.pairs:
        table.add_row(
            Text(_happened(pair.event)),
            _told(pair.then),
            _told_now(pair),
            _milliseconds(pair.then),
            _milliseconds(pair.now),
        )
    yield table
    yield ""
    yield Text(_comes_to(again))


def _comes_to(again: Replay) -> str:
    if again.parted:
        return f"It ends here: {again.parted}."
    if again.same:
        return "The call would go as it went."
    count = sum(bool(pair.differences) for pair in again.pairs)
    return f"{count} of {len(again.pairs)} turns would go differently."


def _told(side: Side | None) -> Text:
    """What was said, from what, and where it led when the agent did not go on to listen."""
    if side is None:
        return Text("(not in the log)")
    said = " ".join(side.said) or "(nothing)"
    led = () if side.next == "Listen" else (f"{side.next} {' '.join(side.rung or ())}".strip(),)
    return Text(f"{said}  [{', '.join(filter(None, (side.source, *led)))}]")


def _told_now(pair: Pair) -> Text:
    """The same once more only where it is not the same."""
    if pair.then is not None and not pair.differences:
        return Text("the same", "dim")
    return _told(pair.now)


def _happened(event: Mapping[str, Any]) -> str:
    if words := event.get("text") or event.get("digits"):
        return str(words)
    return f"({event.get('status') or event['type']})"


def _milliseconds(side: Side | None) -> str:
    if side is None or not side.stages:
        return "-"
    return f"{sum(side.stages.values()) / _NANOSECONDS_IN_MS:.1f}"
