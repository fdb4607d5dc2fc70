"""Companies in SQL: the profile as JSON, its numbers and its secrets in tables of their own."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from sqlalchemy import delete, select

from clientsvia.companies.fields import STORED
from clientsvia.companies.ports import Removed, StoredProfile
from clientsvia.companies.profile import CompanyProfile
from clientsvia.companies.revisions import removal
from clientsvia.companies.saving import keep_secrets, refuse_conflicts
from clientsvia.errors import ConfigurationError, StoreUnavailable
from clientsvia.stores.sql.belongings import delete_belongings
from clientsvia.stores.sql.company_rows import other_owners, replace_rows
from clientsvia.stores.sql.company_secrets import COLUMNS, joined, needs, open_into
from clientsvia.stores.sql.news import SqlNews
from clientsvia.stores.sql.revisions import (
    forgetting,
    keep_removal,
    keep_revisions,
    newest_revision,
    read_removed,
    read_revisions,
    replace_revisions,
)
from clientsvia.stores.sql.tables import companies, numbers
from clientsvia.stores.waiting import first_to_end

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from sqlalchemy import Row, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.companies.ports import CompanyNews
    from clientsvia.companies.revisions import Revision
    from clientsvia.stores.sql.database import Database
    from clientsvia.stores.sql.secrets import SecretBox

    _Row = Row[*tuple[Any, ...]]

_RETRY_S = 0.2
_PAGE = 20
_STORED = select(companies.c.slug, companies.c.revision, companies.c.profile, *COLUMNS).select_from(
    joined()
)
_log = logging.getLogger(__name__)


class SqlCompanies:
    """Company profiles in a database; their secrets are sealed in ``box``.

    ``shared`` is told of what is saved, and heard beside the database's own news.
    """

    def __init__(
        self, database: Database, box: SecretBox, shared: CompanyNews | None = None
    ) -> None:
        self._database = database
        self._box = box
        self._shared = shared
        self._news: list[CompanyNews] = [SqlNews(database), *([shared] if shared else [])]
        self._logged: set[tuple[str, int]] = set()

    async def all(self) -> Sequence[StoredProfile]:
        """Every company, ordered by slug; one that cannot be read is logged and left out."""
        return await self._readable(_STORED.order_by(companies.c.slug))

    async def pages(self) -> AsyncIterator[Sequence[StoredProfile]]:
        """The same, some at a time."""
        async with self._database.read() as connection:
            slugs = list(await connection.scalars(select(companies.c.slug)))
        slugs.sort()
        for first in range(0, len(slugs), _PAGE):
            page = _STORED.where(companies.c.slug.in_(slugs[first : first + _PAGE]))
            yield await self._readable(page.order_by(companies.c.slug))

    async def newest(self) -> int:
        """The highest revision of any company."""
        async with self._database.read() as connection:
            return await newest_revision(connection)

    async def unreadable(self) -> Mapping[str, str]:
        """The companies that ``all`` leaves out, by slug, each with the reason and its remedy."""
        rows = await self._rows(_STORED.order_by(companies.c.slug))
        loaded = ((row.slug, self._try(row)) for row in rows)
        return {slug: str(found) for slug, found in loaded if isinstance(found, Exception)}

    async def get(self, slug: str) -> StoredProfile | None:
        """One company, or None."""
        rows = await self._rows(_STORED.where(companies.c.slug == slug))
        return self._load(rows[0]) if rows else None

    async def owner_of(self, number: str) -> str | None:
        """The slug of the company that owns this E.164 number, active or not."""
        async with self._database.read() as connection:
            owner: str | None = await connection.scalar(
                select(numbers.c.slug).where(numbers.c.e164 == number)
            )
        return owner

    async def save(
        self, profiles: Sequence[CompanyProfile], *, by: str = ""
    ) -> Sequence[StoredProfile]:
        """Insert or replace companies by slug, all or none."""

        async def work(connection: AsyncConnection) -> Sequence[StoredProfile]:
            return await self._save(connection, profiles, by)

        saved = await self._database.write(work)
        await self._tell(max((stored.revision for stored in saved), default=0))
        return saved

    async def change(
        self, slug: str, alter: Callable[[StoredProfile], CompanyProfile], *, by: str = ""
    ) -> StoredProfile | None:
        """Save what ``alter`` makes of a company; None when there is none of this slug."""

        async def work(connection: AsyncConnection) -> Sequence[StoredProfile]:
            rows = await connection.execute(_STORED.where(companies.c.slug == slug))
            stored = [self._load(row) for row in rows]
            return await self._save(connection, [alter(one) for one in stored], by)

        saved = await self._database.write(work)
        await self._tell(max((stored.revision for stored in saved), default=0))
        return saved[0] if saved else None

    async def remove(self, slug: str, *, by: str) -> bool:
        """Remove a company with all that is kept of it; False when there is none of this slug."""

        async def work(connection: AsyncConnection) -> int:
            newest = await newest_revision(connection)
            gone = await connection.execute(delete(companies).where(companies.c.slug == slug))
            if not gone.rowcount:
                return 0
            made = removal(slug, newest + 1, datetime.now(UTC), by)
            await keep_removal(connection, made)
            return made.revision

        revision = await self._database.write(work)
        await self._tell(revision)
        await self.clear_removed()
        return revision > 0

    async def clear_removed(self) -> int:
        """Delete what was written of companies after they were removed."""
        async with self._database.read() as connection:
            removed = await read_removed(connection)
        return sum([await delete_belongings(self._database, one.slug) for one in removed])

    async def _tell(self, revision: int) -> None:
        if revision and self._shared is not None:
            await self._shared.tell(revision)

    async def _save(
        self, connection: AsyncConnection, profiles: Sequence[CompanyProfile], by: str
    ) -> Sequence[StoredProfile]:
        refuse_conflicts(profiles, await other_owners(connection, profiles))
        slugs = [profile.slug for profile in profiles]
        rows = await connection.execute(_STORED.where(companies.c.slug.in_(slugs)))
        before = {row.slug: row for row in rows}
        revision = await newest_revision(connection)
        results, changed = [], []
        for given in profiles:
            stored = self._replaced(before.get(given.slug), given)
            profile = keep_secrets(given, stored.profile if stored else None)
            if stored is None or profile != stored.profile:
                revision += 1
                changed.append((stored, StoredProfile(profile, revision)))
                stored = changed[-1][1]
            results.append(stored)
        await keep_revisions(connection, changed, by)
        await replace_rows(connection, [now for _, now in changed], self._box)
        return results

    def _replaced(self, row: _Row | None, given: CompanyProfile) -> StoredProfile | None:
        """What is stored; None also when it cannot be read and ``given`` does without it."""
        try:
            return None if row is None else self._load(row)
        except ConfigurationError:
            if row is not None and needs(row, given):
                raise
            return None

    async def revisions(
        self, slug: str, *, before: int | None = None, limit: int = 50
    ) -> Sequence[Revision]:
        """What a company was changed to, newest first."""
        async with self._database.read() as connection:
            return await read_revisions(connection, slug, before, limit)

    async def forget_caller(self, slug: str, number: str) -> int:
        """Take a caller's card out of every state a company has been in; in how many it was."""
        changed, before = 0, None
        while made := await self.revisions(slug, before=before, limit=_PAGE):
            before = made[-1].revision
            found = await asyncio.to_thread(forgetting, made, number)
            changed += len(found)
            if found:
                await self._database.write(partial(replace_revisions, made=found))
        return changed

    async def changes(self, after: int) -> Sequence[StoredProfile | Removed]:
        """Wait until some company has a revision above ``after``; all such, oldest first.

        Neither a database that does not answer nor a company that cannot be read ends the wait.
        """
        looked_at = [after] * len(self._news)  # revisions that Redis tells may be of another time
        while True:
            try:
                waits = (news.newer(seen) for news, seen in zip(self._news, looked_at, strict=True))
                source, newest = await first_to_end(*waits)
                if changed := await self._changed(after):
                    return changed
                looked_at[source] = newest
            except StoreUnavailable as error:
                _log.warning("company changes cannot be seen for now: %s", error)
                await asyncio.sleep(_RETRY_S)

    async def _changed(self, after: int) -> Sequence[StoredProfile | Removed]:
        newer = _STORED.where(companies.c.revision > after).order_by(companies.c.revision)
        saved = await self._readable(newer)
        async with self._database.read() as connection:
            removed = await read_removed(connection, after)
        return sorted([*saved, *removed], key=lambda one: one.revision)

    async def _readable(self, query: Select[Any]) -> list[StoredProfile]:
        found = []
        for row in await self._rows(query):
            stored = self._try(row)
            if isinstance(stored, StoredProfile):
                found.append(stored)
            elif (row.slug, row.revision) not in self._logged:
                self._logged.add((row.slug, row.revision))
                _log.error("%s", stored)
        return found

    async def _rows(self, query: Select[Any]) -> list[_Row]:
        async with self._database.read() as connection:
            return list(await connection.execute(query))

    def _try(self, row: _Row) -> StoredProfile | ConfigurationError:
        try:
            return self._load(row)
        except ConfigurationError as error:
            return error

    def _load(self, row: _Row) -> StoredProfile:
        data = dict(row.profile)
        open_into(data, row, self._box)
        try:
            return StoredProfile(CompanyProfile.model_validate(data, context=STORED), row.revision)
        except ValidationError as error:
            fields = ", ".join(".".join(map(str, wrong["loc"])) for wrong in error.errors())
            raise ConfigurationError(
                f"company {row.slug} as stored cannot be used ({fields}): "
                "import it again, with its tokens and keys"
            ) from None  # the error's own text would hold them
