"""The directory of numbers: every company in memory, kept fresh while calls come in."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog

from clientsvia.companies.company import Company
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.snapshot import compile_company
from clientsvia.errors import ConfigurationError
from clientsvia.telephony.directory import Loading, NumberDirectory

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Sequence

    from clientsvia.companies.ports import Companies, Removed

log = structlog.get_logger(__name__)

_LIFETIME_S = 300.0
_RETRY_S = 1.0
_LOOKS = 8  # unknown numbers looked up at a time, so that a flood of them leaves the store alone


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _look_failed(_e164: str, error: Exception) -> None:
    # Followers say aloud that the store fails; a flood of unknown numbers should not.
    log.debug("an unknown number could not be looked up", error=repr(error))


def _nothing(_company: Company) -> None:
    """Nobody wants to know of changes."""


class Directory:
    """Finds the company of a number in memory alone; a change swaps the company's whole snapshot.

    Also finds companies that are inactive and numbers that are switched off: what their callers
    hear is not decided here. ``lifetime_s`` is the time between two complete readings of the
    store, the net under ``follow``; what is older is served all the same. ``swapped`` is told each
    company that is new or has changed, once calls get it.
    """

    def __init__(
        self,
        companies: Companies,
        *,
        now: Callable[[], datetime] = _utc_now,
        swapped: Callable[[Company], None] = _nothing,
        lifetime_s: float = _LIFETIME_S,
        retry_s: float = _RETRY_S,
    ) -> None:
        self._store = companies
        self._now = now
        self._swapped = swapped
        self._lifetime_s = lifetime_s
        self._retry_s = retry_s
        self._numbers = NumberDirectory[Company](lifetime_s=2 * lifetime_s, loads=_LOOKS)
        self._looks = Loading(self._numbers, self._look_up, failed=_look_failed)
        self._by_slug: dict[str, Company] = {}
        self._revisions: dict[str, int] = {}
        self._seen = 0
        self._taking = asyncio.Lock()
        self.loaded = False

    def find(self, e164: str) -> Company | None:
        """The company that owns this E.164 number, or None; memory only, in an event loop.

        Every company is in memory, so a number that is not belongs to nobody, unless a change went
        unnoticed: the store is asked meanwhile, once for each number, for the next call's sake.
        """
        found = self._numbers.get(e164)
        if found is None:
            found = self._numbers.stale(e164)
            if found is None:
                self._looks.start(e164)
        return found or None

    def by_slug(self, slug: str) -> Company | None:
        """The company of this slug, or None; memory only."""
        return self._by_slug.get(slug)

    def companies(self) -> Sequence[Company]:
        """Every company, ordered by slug."""
        return [self._by_slug[slug] for slug in sorted(self._by_slug)]

    def __len__(self) -> int:
        return len(self._by_slug)

    async def load(self) -> None:
        """Read every company from the store; those that are gone from it are forgotten.

        One that is there but cannot be read, as with a wrong key, stays as it was last known.
        """
        there: set[str] = set()
        # What changes while the pages are read is still to be seen as a change.
        newest = await self._store.newest()
        async for stored in self._store.pages():
            async with self._taking:
                for item in stored:
                    await self._swap_in(item)
            there.update(item.profile.slug for item in stored)
        self._seen = max(self._seen, newest)
        for slug in self._by_slug.keys() - there:
            if await self._gone(slug):
                self._forget(slug)
        self.loaded = True

    async def _gone(self, slug: str) -> bool:
        try:
            return await self._store.get(slug) is None
        except ConfigurationError:
            return False

    async def follow(self) -> None:
        """Keep the snapshots fresh until cancelled; a failing store is logged and tried again."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._forever(self._take_changes))
            tasks.create_task(self._forever(self._reload_later))

    async def _take_changes(self) -> None:
        await self._take(await self._store.changes(self._seen))

    async def _reload_later(self) -> None:
        await asyncio.sleep(self._lifetime_s)
        await self.load()

    async def _forever(self, work: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - calls go on with what is in memory, whatever failed
                log.warning(
                    "companies could not be read",
                    error=repr(error),
                    retry_in_s=self._retry_s,
                    remedy="check the store; calls are answered from memory meanwhile",
                )
                await asyncio.sleep(self._retry_s)

    def _forget(self, slug: str) -> None:
        if company := self._by_slug.pop(slug, None):
            self._numbers.replace(slug, company, ())

    async def _take(self, changed: Iterable[StoredProfile | Removed]) -> None:
        """Swap in what is newer than what is known, and believe the rest anew.

        The numbers are always those of the store, so that a company that cannot be compiled neither
        keeps a number that has moved on nor misses a new one.
        """
        async with self._taking:
            for item in changed:
                if isinstance(item, StoredProfile):
                    await self._swap_in(item)
                elif item.revision > self._revisions.get(item.slug, 0):
                    self._revisions[item.slug] = item.revision
                    self._forget(item.slug)
                self._seen = max(self._seen, item.revision)

    async def _look_up(self, e164: str) -> None:
        """Ask the store for a number that is in no company known here.

        What was seen of the changes stays as it is: there may be others before this one.
        """
        slug = await self._store.owner_of(e164)
        stored = await self._store.get(slug) if slug else None
        if stored is None:
            self._numbers.remember_miss(e164)
            return
        async with self._taking:
            await self._swap_in(stored)

    async def _swap_in(self, item: StoredProfile) -> None:
        slug = item.profile.slug
        if item.revision >= self._revisions.get(slug, 0):
            known = self._by_slug.get(slug)
            company = await self._snapshot(item)
            if company is not None:
                self._by_slug[slug] = company
                numbers = [entry.number for entry in item.profile.numbers]
                self._numbers.replace(slug, company, numbers)
                if company is not known:
                    self._swapped(company)

    async def _snapshot(self, item: StoredProfile) -> Company | None:
        """The company as of this profile; the last good one when it does not compile."""
        slug = item.profile.slug
        known = self._by_slug.get(slug)
        if self._revisions.get(slug) == item.revision:
            return known
        company = known
        try:
            # A large company takes tens of milliseconds, for which calls should not wait.
            company = await asyncio.to_thread(compile_company, item, self._now())
        except Exception as error:  # noqa: BLE001 - one broken company must not hold up the others
            log.error(  # noqa: TRY400 - one line with a remedy, the traceback would hide it
                "a company could not be compiled",
                company=slug,
                revision=item.revision,
                error=repr(error),
                remedy="correct the company's profile; calls get its last good state meanwhile",
            )
        # Not before: a look-up that was given up on while it compiled has taken nothing.
        self._revisions[slug] = item.revision
        return company
