"""The list of companies as people look through it: how each stands, and how it is called today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.admin.calls_now import calls_today
from clientsvia.admin.number_badge import badges_of, worst

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clientsvia.admin.number_badge import Badge
    from clientsvia.calls.log_queries import CallTotals
    from clientsvia.calls.ports import CallLog
    from clientsvia.companies.company import Company
    from clientsvia.notices.sightings import SightingBook

LEAST_DIGITS = 3  # fewer are in every number


@dataclass(frozen=True, slots=True)
class Listed:
    """A company in the list; ``badge`` stands for all its numbers, and is None without any."""

    company: Company
    today: CallTotals
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the companies that were found, by name; ``next`` is where the rest begins, or "".

    ``found`` is how many there are in all.
    """

    rows: Sequence[Listed]
    found: int
    next: str


@dataclass(frozen=True, slots=True)
class CompanyList:
    """Looks through companies; ``signed`` where webhooks must be."""

    log: CallLog
    book: SightingBook
    signed: bool

    async def page(
        self, found: Sequence[Company], now: datetime, *, after: str = "", limit: int = 50
    ) -> Page:
        """Some companies of ``found``, those that stand behind ``after`` in its order."""
        slugs = [one.slug for one in found]
        start = slugs.index(after) + 1 if after in slugs else 0
        shown = found[start : start + limit]
        zones = {one.slug: one.hours.zone.key for one in shown}
        today = await calls_today(self.log, zones, now)
        badges = await badges_of(self.book, shown, now, signed=self.signed)
        rows = [Listed(one, today[one.slug], worst(badges[one.slug])) for one in shown]
        more = start + limit < len(found)
        return Page(rows, len(found), shown[-1].slug if more and shown else "")


def search(companies: Sequence[Company], text: str = "", state: str = "") -> Sequence[Company]:
    """The companies in which all words of a text occur, by name.

    A word is looked for in names and slugs, digits in numbers too, in any spelling of them.
    """
    words = text.casefold().split()
    digits = "".join(char for char in text if char.isdecimal())
    found = [
        one
        for one in companies
        if state in {"", one.account.state}
        and (_named(one, words) or (len(digits) >= LEAST_DIGITS and _numbered(one, digits)))
    ]
    return sorted(found, key=lambda one: (one.name.casefold(), one.slug))


def _named(company: Company, words: Sequence[str]) -> bool:
    name = f"{company.name} {company.slug}".casefold()
    return all(word in name for word in words)


def _numbered(company: Company, digits: str) -> bool:
    return any(digits in number for number in (*company.numbers, *company.inactive_numbers))
