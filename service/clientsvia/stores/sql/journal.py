"""The journal: log entries as they came, a row for each batch, until they are filed.

PERF: to journal an entry takes 6 us, to file it 29 us, most of that for pages of indexes which it
alone touches. So filing waits for a quiet moment, and its statements hold neither the event loop
nor the GIL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from clientsvia.stores.log_rules import FINAL_STATUSES
from clientsvia.stores.sql.database import driver_of
from clientsvia.stores.sql.tables import time_text

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.calls.ports import LogEntry

APPEND = "INSERT INTO journal (size, lines) VALUES (:size, :lines)"
ANY = "SELECT 1 FROM journal LIMIT 1"

_CHUNK = 1000  # about 10 ms, for which steps of calls wait that want to be committed
_BATCHES = "SELECT id, size FROM journal ORDER BY id LIMIT 100"
_FILE_ENTRIES = """
INSERT OR IGNORE INTO entries (call_sid, company, kind, at, data)
SELECT call_sid, company, kind, at, data FROM journal_lines
WHERE batch <= :last ORDER BY batch, position
"""
# The next two are log_rules.changed for a whole chunk: a contract test holds them to it.
_OPEN_CALLS = """
INSERT INTO calls (call_sid, company, caller, called, started_at, ended_at, status, outcome)
SELECT call_sid, company, caller, called, at,
    CASE WHEN status IN (SELECT value FROM json_each(:final)) THEN at END,
    coalesce(nullif(status, ''), 'ringing'), outcome
FROM journal_lines WHERE batch <= :last AND kind = 'ringing' ORDER BY batch, position
ON CONFLICT (call_sid, company) DO UPDATE SET
    caller = coalesce(nullif(excluded.caller, ''), caller),
    called = coalesce(nullif(excluded.called, ''), called),
    started_at = min(started_at, excluded.started_at),
    ended_at = coalesce(ended_at, excluded.ended_at),
    status = coalesce(nullif(status, ''), excluded.status),
    outcome = coalesce(nullif(outcome, ''), excluded.outcome)
"""
_CHANGE_CALLS = """
INSERT INTO calls (call_sid, company, caller, called, started_at, ended_at, status, outcome)
SELECT call_sid, company, caller, called, at,
    CASE WHEN kind = 'status' AND status IN (SELECT value FROM json_each(:final)) THEN at END,
    CASE kind WHEN 'status' THEN status ELSE '' END, outcome
FROM journal_lines
WHERE batch <= :last AND kind <> 'ringing' AND (kind = 'status' OR outcome <> '')
ORDER BY batch, position
ON CONFLICT (call_sid, company) DO UPDATE SET
    caller = coalesce(nullif(excluded.caller, ''), caller),
    called = coalesce(nullif(excluded.called, ''), called),
    started_at = min(started_at, excluded.started_at),
    ended_at = coalesce(ended_at, excluded.ended_at),
    status = CASE
        WHEN excluded.status = '' OR (ended_at IS NOT NULL AND excluded.ended_at IS NULL)
        THEN coalesce(nullif(status, ''), excluded.status) ELSE excluded.status END,
    outcome = coalesce(nullif(excluded.outcome, ''), outcome)
"""
_FORGET = "DELETE FROM journal WHERE id <= :last"
_FINAL = orjson.dumps(sorted(FINAL_STATUSES)).decode()


def line_of(entry: LogEntry) -> bytes:
    """An entry as the journal holds it; raises TypeError when its data is no JSON object."""
    fields = (entry.call_sid, entry.company, entry.kind, time_text(entry.at), dict(entry.data))
    if None in fields:
        raise TypeError("a field of it is missing")
    return orjson.dumps(fields, default=str, option=orjson.OPT_NON_STR_KEYS)


async def file_chunk(connection: AsyncConnection) -> bool:
    """File the oldest batches with their calls, in a transaction of the caller's.

    False when there were none.
    """
    driver = await driver_of(connection)
    last, size = 0, 0
    for batch, entries in await driver.execute_fetchall(_BATCHES):
        if size and size + entries > _CHUNK:
            break
        last, size = batch, size + entries
    if not last:
        return False
    values = {"last": last, "final": _FINAL}
    for statement in (_FILE_ENTRIES, _OPEN_CALLS, _CHANGE_CALLS, _FORGET):
        await driver.execute(statement, values)
    return True
