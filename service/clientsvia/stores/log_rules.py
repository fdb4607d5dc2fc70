"""What entries say about their call, whatever the log is kept in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from clientsvia.calls.log_queries import LONGEST_CALL, CallTotals, Unanswered, words_of
from clientsvia.calls.ports import LoggedCall, LoggedTurn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from clientsvia.calls.log_queries import CallFilter, Span
    from clientsvia.calls.ports import LogEntry, Step

FINAL_STATUSES = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
"""Twilio's statuses after which a call is over."""

_OPENING_KINDS = frozenset({"ringing", "status"})


@dataclass(frozen=True, slots=True)
class CallChange:
    """What an entry or a step tells of a call; empty fields tell nothing.

    ``opening`` marks the news of a call's beginning: it may be written after later news.
    """

    call_sid: str
    company: str
    started_at: datetime
    caller: str = ""
    called: str = ""
    ended_at: datetime | None = None
    status: str = ""
    outcome: str = ""
    opening: bool = False


def change_of(entry: LogEntry) -> CallChange | None:
    """What an entry tells of its call, if anything."""
    outcome = _text(entry.data, "outcome")
    if entry.kind not in _OPENING_KINDS and not outcome:
        return None
    status = ""
    if entry.kind in _OPENING_KINDS:
        status = _text(entry.data, "status") or ("ringing" if entry.kind == "ringing" else "")
    return CallChange(
        call_sid=entry.call_sid,
        company=entry.company,
        started_at=entry.at,
        caller=_text(entry.data, "caller"),
        called=_text(entry.data, "called"),
        ended_at=entry.at if status in FINAL_STATUSES else None,
        status=status,
        outcome=outcome,
        opening=entry.kind == "ringing",
    )


def change_of_step(step: Step) -> CallChange:
    """What a committed step tells of its call."""
    return CallChange(
        call_sid=step.call_sid,
        company=step.company,
        started_at=step.at,
        outcome=_text(step.answered, "outcome"),
    )


def changed(call: LoggedCall | None, change: CallChange) -> LoggedCall:
    """The call after a change: later words win, but what is over stays over."""
    if call is None:
        return LoggedCall(
            call_sid=change.call_sid,
            company=change.company,
            caller=change.caller,
            called=change.called,
            started_at=change.started_at,
            ended_at=change.ended_at,
            status=change.status,
            outcome=change.outcome,
        )
    late = change.opening or (call.ended_at is not None and change.ended_at is None)
    outcomes = (call.outcome, change.outcome) if change.opening else (change.outcome, call.outcome)
    return replace(
        call,
        caller=change.caller or call.caller,
        called=change.called or call.called,
        started_at=min(call.started_at, change.started_at),
        ended_at=call.ended_at or change.ended_at,
        status=call.status or change.status if late else change.status or call.status,
        outcome=outcomes[0] or outcomes[1],
    )


def told(
    call: LoggedCall | None, steps: Sequence[Step], entries: Sequence[LogEntry]
) -> LoggedCall | None:
    """The call with its turns, each with the latency its timing entries hold, and other entries.

    A call of which nothing but such entries is known is told by those.
    """
    if call is None and entries:
        first = entries[0]
        call = changed(None, CallChange(first.call_sid, first.company, first.at))
    if call is None:
        return None
    keys = {step.key for step in steps}
    latency: dict[str, dict[str, int]] = {}
    others = []
    for entry in entries:
        key = entry.data.get("key")
        if entry.kind == "timing" and key in keys:
            latency.setdefault(key, {}).update(entry.data.get("stages", {}))
        else:
            others.append(entry)
    return replace(
        call,
        turns=tuple(_turn(step, latency.get(step.key, {})) for step in steps),
        entries=tuple(others),
    )


def is_wanted(call: LoggedCall, steps: Sequence[Step], wanted: CallFilter) -> bool:
    """Whether a filter wants a call of these steps; SQL has the same rules as conditions."""
    return (
        wanted.company in {None, call.company}
        and wanted.caller in {None, call.caller}
        and wanted.outcome in {"", call.outcome}
        and (wanted.since is None or call.started_at >= wanted.since)
        and (wanted.until is None or call.started_at < wanted.until)
        and (wanted.live is None or _is_live(call, steps, wanted.live))
        and wanted.recorded in {None, any(map(_is_recorded, steps))}
        and (not (words := words_of(wanted.text)) or any(_holds(step, words) for step in steps))
    )


def _is_live(call: LoggedCall, steps: Sequence[Step], since: datetime) -> bool:
    latest = max([call.started_at, *(step.at for step in steps)])
    return call.ended_at is None and latest >= since and call.started_at >= since - LONGEST_CALL


def _is_recorded(step: Step) -> bool:
    return ":recorded" in step.key and bool(step.event.get("url"))


def _holds(step: Step, wanted: Sequence[str]) -> bool:
    """Whether all words, or words that begin so, were said in a step by either side."""
    spoken = [_text(step.event, "text"), *map(str, step.answered.get("said") or ())]
    words = words_of(" ".join(spoken))
    return all(any(word.startswith(start) for word in words) for start in wanted)


def total_of(calls: Iterable[LoggedCall], span: Span) -> CallTotals:
    """How many calls began in a span, and how long they took."""
    began = [call for call in calls if span.since <= call.started_at < span.until]
    lengths = (call.ended_at - call.started_at for call in began if call.ended_at)
    return CallTotals(len(began), round(sum(max(0.0, one.total_seconds()) for one in lengths)))


def unanswered_in(steps: Iterable[Step]) -> Iterator[Unanswered]:
    """What was asked in vain; an answer may take several steps, the first of which tells what."""
    asked: dict[int, str] = {}
    for step in steps:
        words = _text(step.event, "text") or asked.get(step.turn, "")
        asked[step.turn] = words
        in_vain = _text(step.answered, "outcome") == "unanswered"
        if words and in_vain and step.answered.get("source") == "unknown":
            yield Unanswered(step.call_sid, step.at, words)


def _turn(step: Step, latency: dict[str, int]) -> LoggedTurn:
    return LoggedTurn(step.key, step.turn, step.at, step.event, step.answered, latency)


def _text(data: Mapping[str, Any], name: str) -> str:
    return str(data.get(name) or "")
