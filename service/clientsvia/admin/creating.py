"""A new company in one step: a name, where its clock is, and the number that callers dial."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clientsvia.admin.editing import TAKEN
from clientsvia.companies.fields import slugify
from clientsvia.companies.problems import Problem, check, refuse
from clientsvia.companies.saving import set_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.companies.ports import Companies, StoredProfile
    from clientsvia.companies.profile import CompanyProfile

NUMBER, SID, TOKEN = "numbers.number", "twilio.account_sid", "twilio.auth_tokens"
"""The fields of a new company that have problems of their own."""

UNNAMED = "company"
_PAGES = frozenset({"new"})  # a page of this name stands where a company's would
_LONGEST = 58  # of a slug, with room for what tells it from another


@dataclass(frozen=True, slots=True)
class NewCompany:
    """What is asked of a new company, as typed; ``number`` may have any spelling, or be empty.

    Without ``account_sid`` and ``auth_token`` its numbers are the installation's account's.
    """

    name: str
    time_zone: str
    region: str = "US"
    number: str = ""
    account_sid: str = ""
    auth_token: str = field(default="", repr=False)

    def data(self, slug: str) -> dict[str, Any]:
        """A profile of it, as a file would have it."""
        profile: dict[str, Any] = {
            "slug": slug,
            "name": self.name,
            "time_zone": self.time_zone,
            "region": self.region,
        }
        if self.number:
            profile["numbers"] = [{"number": self.number}]
        if self.account_sid or self.auth_token:
            tokens = [self.auth_token] if self.auth_token else []
            profile["twilio"] = {"account_sid": self.account_sid, "auth_tokens": tokens}
        return profile


class Creation:
    """Makes companies; ``checked`` where they are set up first, and live by their checklist."""

    def __init__(self, companies: Companies, *, checked: bool) -> None:
        self._companies = companies
        self._checked = checked
        # A store puts one company in place of another of its slug: two at once get two slugs.
        self._one_at_a_time = asyncio.Lock()

    async def create(self, new: NewCompany, *, by: str) -> StoredProfile:
        """Save it under a slug of its own; raises InvalidProfile with all that is wrong."""
        async with self._one_at_a_time:
            profile, problems = check(new.data(await self._free_slug(new.name)))
            if profile is not None:
                problems = [*problems, *await self._problems(profile)]
            if problems or profile is None:
                raise refuse(problems)
            chosen = set_up(profile) if self._checked else profile
            (saved,) = await self._companies.save([chosen], by=by)
            return saved

    async def _free_slug(self, name: str) -> str:
        base, count = slugify(name)[:_LONGEST].rstrip("-") or UNNAMED, 1
        slug = base
        while slug in _PAGES or await self._companies.get(slug) is not None:
            count += 1
            slug = f"{base}-{count}"
        return slug

    async def _problems(self, profile: CompanyProfile) -> Sequence[Problem]:
        """What one profile alone does not tell."""
        found = [
            Problem("", NUMBER, f"{entry.number} {TAKEN}")
            for entry in profile.numbers
            if await self._companies.owner_of(entry.number) is not None
        ]
        if profile.twilio is not None and not profile.twilio.auth_tokens:
            text = "is missing: copy the account's auth token from Twilio's Console"
            found.append(Problem("", TOKEN, text))
        return found
