"""How logged calls look in a terminal, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from clientsvia.admin.call_view import RINGING, length_of, shown, without_caller

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, timedelta

    from rich.console import RenderableType

    from clientsvia.admin.call_view import CallView, TurnView
    from clientsvia.calls.ports import LogEntry, LoggedCall

_NANOSECONDS_IN_MS = 1_000_000
_TOLD_ELSEWHERE = frozenset({"said", "source", "why", "next", "stages", "consent"})


def overview(calls: Sequence[LoggedCall], *, numbers: bool) -> Table:
    """One line a call."""
    table = Table(box=None, pad_edge=False)
    for name in ("when (UTC)", "company", "caller", "length", "turns", "outcome", "call"):
        table.add_column(
            name,
            justify="right" if name in {"length", "turns"} else "left",
            no_wrap=name in {"when (UTC)", "caller", "call"},
            overflow="fold",
        )
    for call in calls:
        table.add_row(
            f"{call.started_at:%Y-%m-%d %H:%M:%S}",
            Text(call.company or "-"),
            Text(shown(call.caller, numbers=numbers)),
            _length(call),
            str(len(call.turns)),
            Text(call.outcome or call.status or "-"),
            Text(call.call_sid),
        )
    return table


def in_full(view: CallView, *, numbers: bool) -> Iterator[RenderableType]:
    """A call's heading, transcript, latency and entries."""
    call = view.call
    yield _heading(view, numbers=numbers)
    yield _transcript(view)
    timed = [(key, stages) for key, stages in _timings(call) if stages]
    if timed:
        yield ""
        yield _latency(timed)
    if call.entries:
        yield ""
        yield _entries(call, numbers=numbers)


def _heading(view: CallView, *, numbers: bool) -> Text:
    call = view.call
    return Text.assemble(
        ("call ", "dim"),
        (call.call_sid, "bold"),
        f"\n{call.started_at:%Y-%m-%d %H:%M:%S} UTC, length {_length(call)}: ",
        f"{shown(call.caller, numbers=numbers)} called {call.company or 'no company'}",
        f" on {call.called}" if call.called else "",
        f"\nstatus {call.status or 'unknown'}, outcome {call.outcome or 'unknown'}\n",
        f"disclosed: “{disclosed}”\n" if (disclosed := view.consent) else "",
    )


def _transcript(view: CallView) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for turn in view.turns:
        when = _clock(turn.at, view.call)
        if turn.key == RINGING:
            _add_agent(table, when, turn)
        else:
            table.add_row(when, Text(turn.who, "cyan"), Text(turn.heard))
            _add_agent(table, "", turn)
    return table


def _add_agent(table: Table, when: str, turn: TurnView) -> None:
    known = [part for part in (turn.source, turn.why) if part]
    origin = f"  [{', '.join(known)}]" if known else ""
    words = Text.assemble(turn.said or "(nothing)", (origin, "dim"))
    table.add_row(when, Text("agent", "green"), words)


def _timings(call: LoggedCall) -> Iterator[tuple[str, Mapping[str, int]]]:
    for entry in call.entries:
        yield entry.kind, entry.data.get("stages") or {}
    for turn in call.turns:
        yield turn.key, turn.latency


def _latency(timed: Sequence[tuple[str, Mapping[str, int]]]) -> Table:
    names = dict.fromkeys(name for _, stages in timed for name in stages)
    table = Table("turn", title="Latency, ms", title_justify="left", box=None, pad_edge=False)
    for name in (*names, "all"):
        table.add_column(name, justify="right")
    for key, stages in timed:
        figures = [stages.get(name) for name in names]
        table.add_row(key, *map(_milliseconds, [*figures, sum(stages.values())]))
    return table


def _entries(call: LoggedCall, *, numbers: bool) -> Table:
    table = Table(
        "at", "entry", "", title="Entries", title_justify="left", box=None, pad_edge=False
    )
    for entry in call.entries:
        table.add_row(_clock(entry.at, call), entry.kind, Text(_told(entry, numbers=numbers)))
    return table


def _told(entry: LogEntry, *, numbers: bool) -> str:
    data = without_caller(entry.data, numbers=numbers)
    return ", ".join(f"{name}={data[name]}" for name in data if name not in _TOLD_ELSEWHERE)


def _length(call: LoggedCall) -> str:
    length = length_of(call)
    return "-" if length is None else _minutes(length)


def _clock(at: datetime, call: LoggedCall) -> str:
    return _minutes(at - call.started_at)


def _minutes(length: timedelta) -> str:
    minutes, seconds = divmod(max(0, round(length.total_seconds())), 60)
    return f"{minutes}:{seconds:02}"


def _milliseconds(nanoseconds: int | None) -> str:
    return "-" if nanoseconds is None else f"{nanoseconds / _NANOSECONDS_IN_MS:.3f}"
