"""The badge of a number: whether calls of it reach us, at a glance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from clientsvia.companies.company import Company
    from clientsvia.notices.sightings import Sighting, SightingBook

_STEPS = (
    (timedelta(days=1), "day"),
    (timedelta(hours=1), "hour"),
    (timedelta(minutes=1), "min"),
)


class Standing(StrEnum):
    """How a number stands."""

    NEVER = "never called"
    GOOD = "verified"
    UNSIGNED = "called"
    FAILING = "signature failing"


@dataclass(frozen=True, slots=True)
class Badge:
    """A number's badge; ``at`` is when that was seen, and ``remedy`` what to do where it fails."""

    number: str
    standing: Standing
    text: str
    at: datetime | None = None
    found: str = ""
    remedy: str = ""


async def badges(
    book: SightingBook, company: Company, now: datetime, *, signed: bool
) -> Mapping[str, Badge]:
    """The badge of each number of the company, in its order; ``signed`` where that is checked."""
    return (await badges_of(book, [company], now, signed=signed))[company.slug]


async def badges_of(
    book: SightingBook, companies: Sequence[Company], now: datetime, *, signed: bool
) -> Mapping[str, Mapping[str, Badge]]:
    """The same of several companies by slug, in one question to the book."""
    seen = {
        (one.company, one.number): one
        for one in await book.of(*(company.slug for company in companies))
    }
    return {
        company.slug: {
            number: _badge(number, seen.get((company.slug, number)), now, signed=signed)
            for number in (*company.numbers, *sorted(company.inactive_numbers))
        }
        for company in companies
    }


def worst(found: Mapping[str, Badge]) -> Badge | None:
    """The badge that stands for all numbers of a company: one that fails, else the latest call."""
    failing = [badge for badge in found.values() if badge.standing is Standing.FAILING]
    called = [badge for badge in found.values() if badge.at is not None]
    latest = max(failing or called, key=_moment, default=None)
    return latest or next(iter(found.values()), None)


def _moment(badge: Badge) -> float:
    return badge.at.timestamp() if badge.at else 0.0


def _badge(number: str, seen: Sighting | None, now: datetime, *, signed: bool) -> Badge:
    if seen is None:
        remedy = "call it from any telephone; if nothing comes: clientsvia doctor"
        return Badge(number, Standing.NEVER, str(Standing.NEVER), remedy=remedy)
    good, refused = seen.good_at, seen.refused_at
    if refused is not None and (good is None or refused > good):
        text = f"{Standing.FAILING} ({ago(now - refused)})"
        remedy = "mend what is found, then send a test; until then its calls are not answered"
        return Badge(number, Standing.FAILING, text, refused, seen.reason, remedy)
    standing = Standing.GOOD if signed else Standing.UNSIGNED
    told = "" if good is None else f" {ago(now - good)}"
    return Badge(number, standing, f"{standing}{told}", good)


def ago(since: timedelta) -> str:
    """A span as people say it: ``just now``, ``2 min ago``, ``1 day ago``."""
    for step, word in _STEPS:
        count = since // step
        if count >= 1:
            plural = "s" if count > 1 and word != "min" else ""
            return f"{count} {word}{plural} ago"
    return "just now"
