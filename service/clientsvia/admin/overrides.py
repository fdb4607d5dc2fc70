"""Opening or closing a company, or one of its targets, by hand: for commands, pages, programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from clientsvia.admin.editing import change
from clientsvia.companies.moments import coming
from clientsvia.companies.overriding import overridden
from clientsvia.companies.problems import problems_of, refuse
from clientsvia.companies.schedule import Override

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.ports import Companies, StoredProfile
    from clientsvia.companies.profile import CompanyProfile

State = Literal["open", "closed"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants, as typed; without a ``state`` the override is taken away.

    ``until`` is a moment to come, as 14:00, or empty for when it is taken away. ``target`` is the
    id of one with hours of its own, or empty for the company.
    """

    state: State | None
    until: str = ""
    label: str = ""
    target: str = ""


def wished(profile: CompanyProfile, wish: Wish, now: datetime) -> CompanyProfile:
    """The profile as wished; raises InvalidInput for a moment or a target that cannot be."""
    return overridden(profile, _override(wish, ZoneInfo(profile.time_zone), now), wish.target)


async def override(
    companies: Companies, slug: str, wish: Wish, now: datetime, *, by: str
) -> StoredProfile:
    """Open or close it now, whatever anybody else changes meanwhile.

    Raises InvalidInput where that cannot be, or the company is no more.
    """
    return await change(companies, slug, lambda stored: wished(stored.profile, wish, now), by=by)


def _override(wish: Wish, zone: ZoneInfo, now: datetime) -> Override | None:
    if wish.state is None:
        return None
    until = coming(wish.until, zone, now) if wish.until else None
    try:
        return Override(state=wish.state, until=until, label=wish.label)
    except ValidationError as error:
        raise refuse(problems_of(error)) from None
