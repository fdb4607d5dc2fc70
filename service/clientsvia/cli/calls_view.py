"""How logged calls look in a terminal, and as JSON."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from rich.console import RenderableType

    from clientsvia.calls.ports import LogEntry, LoggedCall

_SHOWN_DIGITS = 4
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
            Text(_shown(call.caller, numbers=numbers)),
            _length(call),
            str(len(call.turns)),
            Text(call.outcome or call.status or "-"),
            Text(call.call_sid),
        )
    return table


def in_full(call: LoggedCall, *, numbers: bool) -> Iterator[RenderableType]:
    """A call's heading, transcript, latency and entries."""
    yield _heading(call, numbers=numbers)
    yield _transcript(call)
    timed = [(key, stages) for key, stages in _timings(call) if stages]
    if timed:
        yield ""
        yield _latency(timed)
    if call.entries:
        yield ""
        yield _entries(call, numbers=numbers)


def as_data(call: LoggedCall, *, numbers: bool) -> dict[str, Any]:
    """A call as JSON has it; the caller is hidden but for the last digits unless ``numbers``."""
    data = _without_caller(asdict(call), numbers=numbers)
    data["consent"] = consent(call)
    data["entries"] = [
        entry | {"data": _without_caller(entry["data"], numbers=numbers)}
        for entry in data["entries"]
    ]
    return data


def consent(call: LoggedCall) -> str:
    """What was disclosed to the caller when the call began, word for word; empty for nothing."""
    disclosed = (str(entry.data.get("consent") or "") for entry in call.entries)
    return next(filter(None, disclosed), "")


def cut(call: LoggedCall, limit: int) -> LoggedCall:
    """The call with its last ``limit`` turns and entries."""
    return replace(call, turns=call.turns[-limit:], entries=call.entries[-limit:])


def _heading(call: LoggedCall, *, numbers: bool) -> Text:
    return Text.assemble(
        ("call ", "dim"),
        (call.call_sid, "bold"),
        f"\n{call.started_at:%Y-%m-%d %H:%M:%S} UTC, length {_length(call)}: ",
        f"{_shown(call.caller, numbers=numbers)} called {call.company or 'no company'}",
        f" on {call.called}" if call.called else "",
        f"\nstatus {call.status or 'unknown'}, outcome {call.outcome or 'unknown'}\n",
        f"disclosed: “{disclosed}”\n" if (disclosed := consent(call)) else "",
    )


def _transcript(call: LoggedCall) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(justify="right", style="dim", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for entry in call.entries:
        if entry.kind == "ringing" and "said" in entry.data:
            _add_agent(table, _clock(entry.at, call), entry.data)
    for turn in call.turns:
        who = str(turn.event.get("target") or "caller")  # whoever is rung is no caller
        table.add_row(_clock(turn.at, call), Text(who, "cyan"), Text(_heard(turn.event)))
        _add_agent(table, "", turn.answered)
    return table


def _add_agent(table: Table, when: str, answered: Mapping[str, Any]) -> None:
    said = answered.get("said") or "(nothing)"
    words = said if isinstance(said, str) else " ".join(str(part) for part in said)
    known = [str(part) for part in (answered.get("source"), answered.get("why")) if part]
    origin = f"  [{', '.join(known)}]" if known else ""
    table.add_row(when, Text("agent", "green"), Text.assemble(words, (origin, "dim")))


def _heard(event: Mapping[str, Any]) -> str:
    """What the caller said or pressed, or in brackets what else happened."""
    if text := event.get("text"):
        return str(text)
    if digits := event.get("digits"):
        return f"(pressed {digits})"
    kind = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", str(event.get("type") or "nothing")).lower()
    told = [str(event[name]) for name in ("status", "reason", "url") if event.get(name)]
    return f"({': '.join([kind, *told])})"


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
    data = _without_caller(entry.data, numbers=numbers)
    return ", ".join(f"{name}={data[name]}" for name in data if name not in _TOLD_ELSEWHERE)


def _without_caller(data: Mapping[str, Any], *, numbers: bool) -> dict[str, Any]:
    return {
        name: _shown(str(value), numbers=numbers) if name == "caller" else value
        for name, value in data.items()
    }


def _shown(caller: str, *, numbers: bool) -> str:
    """The caller's last digits; the words Twilio sends when there is no number stay."""
    if numbers or not any(character.isdigit() for character in caller):
        return caller or "unknown"
    return "…" + caller[-_SHOWN_DIGITS:]


def _length(call: LoggedCall) -> str:
    moments = [call.ended_at] if call.ended_at else [turn.at for turn in call.turns]
    return _clock(max(moments), call) if moments else "-"


def _clock(at: datetime, call: LoggedCall) -> str:
    minutes, seconds = divmod(max(0, round((at - call.started_at).total_seconds())), 60)
    return f"{minutes}:{seconds:02}"


def _milliseconds(nanoseconds: int | None) -> str:
    return "-" if nanoseconds is None else f"{nanoseconds / _NANOSECONDS_IN_MS:.3f}"
