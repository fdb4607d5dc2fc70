"""The call log of the process."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import orjson

from clientsvia.calls.log_queries import ANY_CALL, Timing
from clientsvia.stores.log_rules import change_of, is_wanted, told, total_of, unanswered_in

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from datetime import datetime

    from clientsvia.calls.log_queries import CallFilter, CallTotals, Place, Span, Unanswered
    from clientsvia.calls.ports import LogEntry, LoggedCall
    from clientsvia.stores.memory.call_memory import CallMemory, Key

_log = logging.getLogger(__name__)


class MemoryCallLog:
    """Entries beside the steps of the same memory; ``dropped`` counts what was no JSON object."""

    def __init__(self, memory: CallMemory) -> None:
        self._memory = memory
        self.dropped = 0

    def write(self, entry: LogEntry) -> None:
        """Keep an entry; returns at once and never raises."""
        try:
            data = orjson.dumps(dict(entry.data), default=str, option=orjson.OPT_NON_STR_KEYS)
        except TypeError as error:
            self.dropped += 1
            _log.error("a %s entry is no JSON object (%s): it is dropped", entry.kind, error)
            return
        _, entries = self._memory.keep(entry.company, entry.call_sid)
        entries.append(replace(entry, data=orjson.loads(data)))
        if (change := change_of(entry)) is not None:
            self._memory.change(change)

    async def flush(self) -> None:
        """Everything is kept already."""

    async def close(self, deadline: float = 5.0) -> None:
        """Nothing is left to be stored."""

    async def calls(
        self, wanted: CallFilter = ANY_CALL, *, before: Place | None = None, limit: int = 50
    ) -> Sequence[LoggedCall]:
        """The newest calls first, those after the place ``before``, without turns and entries."""
        found = [
            call
            for key, call in self._memory.calls.items()
            if is_wanted(call, list(self._memory.steps.get(key, {}).values()), wanted)
        ]
        found.sort(key=_order)
        if before is not None:
            last = _order_of(before)
            found = [call for call in found if _order(call) > last]
        return found[:limit]

    async def call(self, call_sid: str, *, company: str | None = None) -> LoggedCall | None:
        """One call with its turns and entries in order."""
        keys = [key for key in self._memory.steps if key[1] == call_sid]
        found = [call for key in keys if company in {None, key[0]} and (call := self._told(key))]
        return min(found, key=self._precedence, default=None)

    async def totals(self, spans: Sequence[tuple[str, Span]]) -> Sequence[CallTotals]:
        """Of each company's span in turn: how many calls began in it, and how long they took."""
        calls = self._memory.calls.values()
        return [
            total_of([call for call in calls if call.company == company], span)
            for company, span in spans
        ]

    async def timings(
        self, span: Span, company: str | None = None
    ) -> AsyncIterator[Sequence[Timing]]:
        """How long every webhook of a span took, in the order of time, some at a time."""
        entries = [one for found in self._memory.entries.values() for one in found]
        timed = [
            Timing(entry.company, entry.at, entry.data.get("stages") or {})
            for entry in sorted(entries, key=lambda entry: entry.at)
            if entry.kind in {"timing", "ringing"}
            and span.since <= entry.at < span.until
            and company in {None, entry.company}
        ]
        if timed:
            yield timed

    async def unanswered(
        self, company: str, since: datetime, *, limit: int = 1000
    ) -> Sequence[Unanswered]:
        """The newest questions of a company's callers that found no answer, from ``since`` on."""
        found = [
            asked
            for (whose, _), steps in self._memory.steps.items()
            if whose == company
            for asked in unanswered_in(list(steps.values()))
            if asked.at >= since
        ]
        return sorted(found, key=lambda asked: asked.at, reverse=True)[:limit]

    def _told(self, key: Key) -> LoggedCall | None:
        return told(
            self._memory.calls.get(key),
            list(self._memory.steps[key].values()),
            sorted(self._memory.entries[key], key=lambda entry: entry.at),
        )

    def _precedence(self, call: LoggedCall) -> tuple[bool, datetime]:
        """Of several companies that name one sid, the one with whom it rang first."""
        never_rang = (call.company, call.call_sid) not in self._memory.calls
        return never_rang, call.started_at


def _order(call: LoggedCall) -> tuple[float, str, str]:
    return _order_of(call.place)


def _order_of(place: Place) -> tuple[float, str, str]:
    return -place.started_at.timestamp(), place.call_sid, place.company
