"""Companies that live in the process."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from clientsvia.companies.ports import Removed, StoredProfile
from clientsvia.companies.revisions import KEPT, removal, revision_of, without_caller
from clientsvia.companies.saving import keep_secrets, refuse_conflicts
from clientsvia.stores.memory.news import MemoryNews

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.companies.revisions import Revision


class MemoryCompanies:
    """Company profiles in a dictionary.

    ``forget`` are asked to let go of a company that was removed, and say how much that was.
    """

    def __init__(
        self, news: MemoryNews | None = None, *, forget: Sequence[Callable[[str], int]] = ()
    ) -> None:
        self._stored: dict[str, StoredProfile] = {}
        self._revisions: dict[str, list[Revision]] = {}
        self._revision = 0
        self._news = news or MemoryNews()
        self._forget = forget

    async def all(self) -> Sequence[StoredProfile]:
        """Every company, ordered by slug."""
        return [self._stored[slug] for slug in sorted(self._stored)]

    async def pages(self) -> AsyncIterator[Sequence[StoredProfile]]:
        """All of them at once: they are in memory anyway."""
        yield await self.all()

    async def newest(self) -> int:
        """The highest revision of any company."""
        return self._revision

    async def get(self, slug: str) -> StoredProfile | None:
        """One company, or None."""
        return self._stored.get(slug)

    async def owner_of(self, number: str) -> str | None:
        """The slug of the company that owns this E.164 number, active or not."""
        return self._owners().get(number)

    async def save(
        self, profiles: Sequence[CompanyProfile], *, by: str = ""
    ) -> Sequence[StoredProfile]:
        """Insert or replace companies by slug, all or none."""
        slugs = {profile.slug for profile in profiles}
        owners = {number: slug for number, slug in self._owners().items() if slug not in slugs}
        refuse_conflicts(profiles, owners)
        merged = [keep_secrets(profile, self._profile(profile.slug)) for profile in profiles]
        for profile in merged:
            if profile != self._profile(profile.slug):
                self._keep(profile, by)
        await self._news.tell(self._revision)
        return [self._stored[profile.slug] for profile in profiles]

    async def change(
        self, slug: str, alter: Callable[[StoredProfile], CompanyProfile], *, by: str = ""
    ) -> StoredProfile | None:
        """Save what ``alter`` makes of a company; None when there is none of this slug."""
        stored = self._stored.get(slug)
        if stored is None:
            return None
        (saved,) = await self.save([alter(stored)], by=by)
        return saved

    async def revisions(
        self, slug: str, *, before: int | None = None, limit: int = 50
    ) -> Sequence[Revision]:
        """What a company was changed to, newest first."""
        found = reversed(self._revisions.get(slug, []))
        return [one for one in found if before is None or one.revision < before][:limit]

    async def forget_caller(self, slug: str, number: str) -> int:
        """Take a caller's card out of every state a company has been in; in how many it was."""
        before = self._revisions.get(slug, [])
        after = [one if one.removed else without_caller(one, number) for one in before]
        if before:
            self._revisions[slug] = after
        return sum(old is not new for old, new in zip(before, after, strict=True))

    async def remove(self, slug: str, *, by: str) -> bool:
        """Remove a company with all that is kept of it; False when there is none of this slug."""
        if self._stored.pop(slug, None) is None:
            return False
        self._revision += 1
        self._revisions[slug] = [removal(slug, self._revision, datetime.now(UTC), by)]
        await self._news.tell(self._revision)
        await self.clear_removed()
        return True

    async def clear_removed(self) -> int:
        """Delete what was written of companies after they were removed."""
        return sum(forget(one.slug) for one in self._removed() for forget in self._forget)

    async def changes(self, after: int) -> Sequence[StoredProfile | Removed]:
        """Wait until some company has a revision above ``after``; all such, oldest first."""
        await self._news.newer(after)
        known: list[StoredProfile | Removed] = [*self._stored.values(), *self._removed()]
        return sorted((one for one in known if one.revision > after), key=lambda one: one.revision)

    def _removed(self) -> Sequence[Removed]:
        return [
            Removed(slug, made[-1].revision)
            for slug, made in self._revisions.items()
            if made[-1].removed
        ]

    def _keep(self, profile: CompanyProfile, by: str) -> None:
        slug, before = profile.slug, self._profile(profile.slug)
        self._revision += 1
        self._stored[slug] = StoredProfile(profile, self._revision)
        made = revision_of(before, profile, self._revision, datetime.now(UTC), by)
        self._revisions[slug] = [*self._revisions.get(slug, [])[1 - KEPT :], made]

    def _profile(self, slug: str) -> CompanyProfile | None:
        stored = self._stored.get(slug)
        return stored.profile if stored else None

    def _owners(self) -> dict[str, str]:
        return {
            entry.number: slug
            for slug, stored in self._stored.items()
            for entry in stored.profile.numbers
        }
