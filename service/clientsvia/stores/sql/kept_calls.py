"""What is kept of calls in SQLite, found and forgotten: the driver's own statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from clientsvia.admin.kept_calls import Forgotten, OwedDeletion
from clientsvia.stores.sql.database import driver_of
from clientsvia.stores.sql.tables import text_time, time_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database

_OF_CALLER = """
SELECT call_sid FROM calls WHERE company = :company AND caller = :number
UNION SELECT call_sid FROM messages
WHERE company = :company AND (caller = :number OR number = :number)
"""
_OLDER = """
SELECT call_sid, started_at AS at FROM calls WHERE company = :company AND started_at < :before
UNION SELECT call_sid, at FROM messages
WHERE company = :company AND state = 'done' AND at < :before
ORDER BY at LIMIT :limit
"""
_THESE = "company = :company AND call_sid IN (SELECT value FROM json_each(:sids))"
_IDS = "(SELECT value FROM json_each(:sids))"
_OF_THESE = f"company = :company AND json_extract(data, '$.call_sid') IN {_IDS}"
_NOTICES = f"""
SELECT kind, at, data FROM notices WHERE {_OF_THESE} ORDER BY at, key
"""  # noqa: S608 - our own texts
_GOING = f"{_THESE} AND (state = 'done' OR :open)"
# A message that is still to be done keeps its recording.
_OWE = f"""
INSERT OR IGNORE INTO owed_deletions (company, url, since, tries, error)
SELECT company, recording, :now, 0, '' FROM messages WHERE {_GOING} AND recording <> ''
UNION
SELECT company, json_extract(event, '$.url'), :now, 0, '' FROM steps
WHERE {_THESE} AND coalesce(json_extract(event, '$.url'), '') <> ''
    AND NOT EXISTS (
        SELECT 1 FROM messages WHERE messages.company = steps.company
        AND messages.call_sid = steps.call_sid AND messages.state <> 'done' AND NOT :open)
"""  # noqa: S608 - our own texts
_DELETE = {
    "recordings": _OWE,
    "turns": f"DELETE FROM steps WHERE {_THESE}",  # noqa: S608 - likewise
    "entries": f"DELETE FROM entries WHERE {_THESE}",  # noqa: S608 - likewise
    "effects": f"DELETE FROM effects WHERE {_THESE}",  # noqa: S608 - likewise
    "calls": f"DELETE FROM calls WHERE {_THESE}",  # noqa: S608 - likewise
    "messages": f"DELETE FROM messages WHERE {_GOING}",  # noqa: S608 - likewise
    "notices": (
        f"DELETE FROM notices WHERE {_OF_THESE}"  # noqa: S608 - likewise
    ),
}
_COUNTED = frozenset(Forgotten.__slots__)
_OWED = """
SELECT company, url, since, error FROM owed_deletions
WHERE :company IS NULL OR company = :company ORDER BY tries, since, url LIMIT :limit
"""
_SETTLED = "DELETE FROM owed_deletions WHERE company = :company AND url = :url"
_REFUSED = """
UPDATE owed_deletions SET tries = tries + 1, error = :error WHERE company = :company AND url = :url
"""
_CLAIM = """
INSERT INTO leases (work, until) VALUES ('sweep', :until)
ON CONFLICT (work) DO UPDATE SET until = excluded.until WHERE until <= :now
"""


class SqlKeptCalls:
    """Deletes by call, in transactions of a few milliseconds."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_caller(self, company: str, number: str) -> Sequence[str]:
        """The sids of a company's calls from this number, or with a message that names it."""
        values = {"company": company, "number": number}
        return [sid for (sid,) in await self._database.fetch(_OF_CALLER, values)]

    async def older_than(self, company: str, before: datetime, *, limit: int = 20) -> Sequence[str]:
        """The oldest calls and done messages from before that moment."""
        values = {"company": company, "before": time_text(before), "limit": limit}
        return list(dict.fromkeys(sid for sid, _ in await self._database.fetch(_OLDER, values)))

    async def forget(
        self, company: str, call_sids: Sequence[str], now: datetime, *, open_messages: bool
    ) -> Forgotten:
        """Delete what is kept of these calls, all or none."""
        sids = orjson.dumps(list(call_sids)).decode()
        values = {"company": company, "sids": sids, "now": time_text(now), "open": open_messages}

        async def work(connection: AsyncConnection) -> Forgotten:
            driver = await driver_of(connection)
            counts = {
                name: (await driver.execute(sql, values)).rowcount for name, sql in _DELETE.items()
            }
            return Forgotten(**{name: counts[name] for name in _COUNTED})

        return await self._database.write(work)

    async def notices(self, company: str, call_sids: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        """What owners were told of these calls."""
        values = {"company": company, "sids": orjson.dumps(list(call_sids)).decode()}
        return [
            {"kind": kind, "at": text_time(at), "data": orjson.loads(data)}
            for kind, at, data in await self._database.fetch(_NOTICES, values)
        ]

    async def owed(self, company: str | None = None, *, limit: int = 50) -> Sequence[OwedDeletion]:
        """Recordings that Twilio is still to delete, those that were not tried yet first."""
        rows = await self._database.fetch(_OWED, {"company": company, "limit": limit})
        return [
            OwedDeletion(owner, url, text_time(since), error) for owner, url, since, error in rows
        ]

    async def settle(self, owed: OwedDeletion, error: str = "") -> None:
        """Note that a recording was deleted, or why it was not."""
        values = {"company": owed.company, "url": owed.url, "error": error}
        await self._execute(_REFUSED if error else _SETTLED, values)

    async def claim(self, now: datetime, until: datetime) -> bool:
        """Take the sweep up to ``until``; False when another worker has it."""
        values = {"now": time_text(now), "until": time_text(until)}
        return await self._execute(_CLAIM, values) > 0

    async def _execute(self, sql: str, values: dict[str, Any]) -> int:
        async def work(connection: AsyncConnection) -> int:
            return int((await (await driver_of(connection)).execute(sql, values)).rowcount)

        return await self._database.write(work)
