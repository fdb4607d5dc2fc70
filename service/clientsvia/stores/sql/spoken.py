"""The words of every turn, to be searched: indexed in quiet moments, off the caller's path.

PERF: to index a turn takes as long as to commit it. So no trigger of a commit does it, but the
filing of the log, a chunk of turns at a time; whoever searches first has the rest indexed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.log_queries import words_of
from clientsvia.stores.sql.database import driver_of

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

# The rowid is the step's: steps are numbered in the order of their commits, so the newest that is
# indexed tells which are not. A trigger forgets what is said when its step is deleted.
_LAST = "coalesce((SELECT rowid FROM spoken ORDER BY rowid DESC LIMIT 1), 0)"
ANY = f"SELECT 1 FROM steps WHERE id > {_LAST} LIMIT 1"  # noqa: S608 - nothing of it is input
_CHUNK = 300  # about 10 ms, for which steps of calls wait that want to be committed
_INDEX = f"""
INSERT INTO spoken (rowid, company, call_sid, words)
SELECT id, company, call_sid, coalesce(json_extract(event, '$.text'), '') || ' ' || coalesce(
    (SELECT group_concat(value, ' ') FROM json_each(answered, '$.said')), '')
FROM steps WHERE id > {_LAST} ORDER BY id LIMIT {_CHUNK}
"""  # noqa: S608 - likewise


async def index_chunk(connection: AsyncConnection) -> bool:
    """Index the oldest turns that are not, in a transaction of the caller's.

    False when there were none.
    """
    driver = await driver_of(connection)
    return (await driver.execute(_INDEX)).rowcount > 0


def match(text: str, company: str | None) -> str:
    """What the index is asked for: all the words in one turn; empty when the text has none.

    The company narrows the search; a slug may begin another, so whose a turn is must be asked too.
    """
    words = " ".join(f'"{word}"*' for word in words_of(text))
    if not words or company is None:
        return f"words : ({words})" if words else ""
    return f'words : ({words}) AND company : "{company.replace(chr(34), "")}"'
