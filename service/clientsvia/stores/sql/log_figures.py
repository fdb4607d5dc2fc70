"""What the call log adds up, or lists, beside calls."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson

from clientsvia.calls.log_queries import CallTotals, Timing, Unanswered
from clientsvia.stores.sql.database import driver_of
from clientsvia.stores.sql.tables import text_time, time_text

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterable, Sequence
    from datetime import datetime

    from clientsvia.calls.log_queries import Span
    from clientsvia.stores.sql.database import Database

_AT_ONCE = 5000
_TOTALS = """
SELECT span.key, count(*), coalesce(sum(
    max(0, 86400.0 * (julianday(ended_at) - julianday(started_at)))), 0)
FROM json_each(:spans) AS span JOIN calls ON company = span.value ->> 0
    AND started_at >= span.value ->> 1 AND started_at < span.value ->> 2
GROUP BY span.key
"""
_TIMINGS = """
SELECT company, at, data FROM entries
WHERE kind IN ('timing', 'ringing') AND at >= :since AND at < :until
    AND (:company IS NULL OR company = :company)
ORDER BY at
"""
# An answer may take several steps of a turn: what was asked is in the first of them.
_UNANSWERED = """
SELECT call_sid, at, coalesce(nullif(json_extract(event, '$.text'), ''), (
    SELECT json_extract(asked.event, '$.text') FROM steps AS asked
    WHERE asked.company = steps.company AND asked.call_sid = steps.call_sid
        AND asked.turn = steps.turn AND asked.id < steps.id
        AND json_extract(asked.event, '$.text') <> ''
    ORDER BY asked.id DESC LIMIT 1)) AS words
FROM steps
WHERE company = :company AND outcome = 'unanswered' AND at >= :since AND words <> ''
    AND json_extract(answered, '$.source') = 'unknown'
ORDER BY id DESC LIMIT :limit
"""


async def totals(database: Database, spans: Sequence[tuple[str, Span]]) -> Sequence[CallTotals]:
    """How many calls each company had in its span, and how long they took."""
    rows = [[company, time_text(one.since), time_text(one.until)] for company, one in spans]
    found = await database.fetch(_TOTALS, {"spans": orjson.dumps(rows).decode()})
    counted = {place: CallTotals(calls, round(seconds)) for place, calls, seconds in found}
    return [counted.get(place, CallTotals()) for place in range(len(rows))]


async def timings(
    database: Database, span: Span, company: str | None
) -> AsyncGenerator[Sequence[Timing]]:
    """The timings of a span, some at a time."""
    values = {"since": time_text(span.since), "until": time_text(span.until), "company": company}
    async with database.read() as connection:
        driver = await driver_of(connection)
        async with driver.execute(_TIMINGS, values) as cursor:
            while rows := await cursor.fetchmany(_AT_ONCE):
                yield await asyncio.to_thread(_timings_of, rows)


async def unanswered(
    database: Database, company: str, since: datetime, limit: int
) -> Sequence[Unanswered]:
    """What a company's callers asked in vain, the newest first."""
    values = {"company": company, "since": time_text(since), "limit": limit}
    found = await database.fetch(_UNANSWERED, values)
    return [Unanswered(call_sid, text_time(at), words) for call_sid, at, words in found]


def _timings_of(rows: Iterable[Any]) -> list[Timing]:
    return [
        Timing(company, text_time(at), orjson.loads(data).get("stages") or {})
        for company, at, data in rows
    ]
