"""The history of companies in SQL, a row for each change, written with the change itself."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, exists, func, insert, literal_column, select, union_all, update

from clientsvia.companies.ports import Removed
from clientsvia.companies.revisions import KEPT, Revision, revision_of, without_caller
from clientsvia.stores.sql.tables import companies, revisions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.companies.ports import StoredProfile

    Replaced = tuple[StoredProfile | None, StoredProfile]


async def keep_revisions(connection: AsyncConnection, changed: Sequence[Replaced], by: str) -> None:
    """Note what is about to replace what, before it does."""
    if not changed:
        return
    moments = await _without_history(connection, [now.profile.slug for _, now in changed])
    # Packing a large company takes tens of milliseconds, for which calls should not wait.
    made = await asyncio.to_thread(_made, changed, by, moments)
    await connection.execute(insert(revisions), made)
    for _, now in changed:
        await _forget_oldest(connection, now.profile.slug)


async def read_revisions(
    connection: AsyncConnection, slug: str, before: int | None, limit: int
) -> Sequence[Revision]:
    """What a company was changed to, newest first."""
    query = select(revisions).where(revisions.c.company == slug)
    if before is not None:
        query = query.where(revisions.c.revision < before)
    rows = await connection.execute(query.order_by(revisions.c.revision.desc()).limit(limit))
    return [
        Revision(
            row.revision,
            row.company,
            row.at,
            row.who,
            tuple(row.fields),
            tuple(row.secrets),
            row.profile,
        )
        for row in rows
    ]


def forgetting(made: Sequence[Revision], number: str) -> list[Revision]:
    """Those of the revisions in which a caller is known, without that caller."""
    pairs = ((one, without_caller(one, number)) for one in made if not one.removed)
    return [without for one, without in pairs if without is not one]


async def replace_revisions(connection: AsyncConnection, made: Sequence[Revision]) -> None:
    """Put these in the place of those of the same numbers, as what they were is not to be kept."""
    for one in made:
        values = {"fields": one.fields, "profile": one.packed}
        of_it = (revisions.c.company == one.company) & (revisions.c.revision == one.revision)
        await connection.execute(update(revisions).where(of_it).values(values))


async def newest_revision(connection: AsyncConnection) -> int:
    """The highest revision of any company, of those that were removed too; 0 without any."""
    kept = select(func.max(companies.c.revision).label("revision"))
    either = union_all(kept, select(func.max(revisions.c.revision))).subquery()
    newest: int | None = await connection.scalar(select(func.max(either.c.revision)))
    return newest or 0


async def keep_removal(connection: AsyncConnection, made: Revision) -> None:
    """Note that a company was removed, in place of all that is known of its past."""
    await connection.execute(delete(revisions).where(revisions.c.company == made.company))
    await connection.execute(insert(revisions), _row(made))


async def read_removed(connection: AsyncConnection, after: int = 0) -> Sequence[Removed]:
    """The companies that were removed and are not there again, oldest first."""
    there = exists().where(companies.c.slug == revisions.c.company)
    gone = (
        (func.length(revisions.c.profile) == literal_column("0"))
        & (revisions.c.revision > after)
        & ~there
    )
    query = select(revisions.c.company, revisions.c.revision).where(gone)
    rows = await connection.execute(query.order_by(revisions.c.revision))
    return [Removed(row.company, row.revision) for row in rows]


async def _without_history(
    connection: AsyncConnection, slugs: Sequence[str]
) -> Mapping[str, datetime]:
    """The companies that are older than the history, with the time of their last change."""
    known = exists().where(revisions.c.company == companies.c.slug)
    query = select(companies.c.slug, companies.c.updated_at)
    rows = await connection.execute(query.where(companies.c.slug.in_(slugs), ~known))
    return {row.slug: row.updated_at for row in rows}


def _made(
    changed: Sequence[Replaced], by: str, moments: Mapping[str, datetime]
) -> list[dict[str, Any]]:
    now, rows = datetime.now(UTC), []
    for stored, saved in changed:
        before, after = stored.profile if stored else None, saved.profile
        if stored is not None and after.slug in moments:
            first = revision_of(None, stored.profile, stored.revision, moments[after.slug], "")
            rows.append(_row(first))
        rows.append(_row(revision_of(before, after, saved.revision, now, by)))
    return rows


def _row(made: Revision) -> dict[str, Any]:
    return {
        "revision": made.revision,
        "company": made.company,
        "at": made.at,
        "who": made.by,
        "fields": made.fields,
        "secrets": made.secrets,
        "profile": made.packed,
    }


async def _forget_oldest(connection: AsyncConnection, slug: str) -> None:
    of_it = revisions.c.company == slug
    newest = select(revisions.c.revision).where(of_it).order_by(revisions.c.revision.desc())
    oldest_kept = newest.offset(KEPT - 1).limit(1).scalar_subquery()
    await connection.execute(delete(revisions).where(of_it, revisions.c.revision < oldest_kept))
