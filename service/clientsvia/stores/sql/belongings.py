"""What is kept of a company beside its profile, in whatever table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.stores.sql.database import driver_of
from clientsvia.stores.sql.tables import companies, metadata, revisions

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database

CHUNK = 500
"""Rows deleted at a time: some milliseconds, for which steps of calls wait."""

_KEPT = frozenset({companies.name, revisions.name})
TABLES = tuple(
    table.name
    for table in reversed(metadata.sorted_tables)  # what refers to others goes before them
    if "company" in table.columns and table.name not in _KEPT
)
"""The tables whose rows belong to companies; secrets and numbers go with the company's own row."""

_DELETE = """
DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} WHERE company = :slug LIMIT :chunk)
"""
_STRIP_JOURNAL = """
UPDATE journal SET (size, lines) = (
    SELECT count(*), json_group_array(json(value)) FROM json_each(lines)
    WHERE json_extract(value, '$[1]') <> :slug)
WHERE EXISTS (SELECT 1 FROM json_each(lines) WHERE json_extract(value, '$[1]') = :slug)
"""


async def delete_belongings(database: Database, slug: str) -> int:
    """Delete all of a company's, a little at a time; how many rows that were."""
    # Before the tables it is filed into.
    deleted = await _execute(database, _STRIP_JOURNAL, slug)
    for table in TABLES:
        statement = _DELETE.format(table=table)
        while done := await _execute(database, statement, slug):
            deleted += done
    return deleted


async def _execute(database: Database, statement: str, slug: str) -> int:
    values = {"slug": slug, "chunk": CHUNK} if ":chunk" in statement else {"slug": slug}

    async def work(connection: AsyncConnection) -> int:
        driver = await driver_of(connection)
        return (await driver.execute(statement, values)).rowcount

    return await database.write(work)
