"""A company's calls as people look for them: by day, caller, words, and how they ended."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from clientsvia.admin.calls_now import live_since
from clientsvia.calls.log_queries import CallFilter
from clientsvia.companies.clocks import first_shown
from clientsvia.errors import InvalidNumber
from clientsvia.telephony.numbers import normalize

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.calls.log_queries import Place
    from clientsvia.calls.ports import CallLog, LoggedCall
    from clientsvia.companies.profile import CompanyProfile

OUTCOMES: Mapping[str, str] = {
    "answered": "Answered",
    "unanswered": "No answer known",
    "transferred": "Put through",
    "transferring": "Ringing somebody",
    "missed": "Nobody took it",
    "message": "Message left",
    "message_asked": "Message not finished",
    "no_message": "No message",
    "inactive": "Switched off",
    "blocked": "Blocked",
    "refused": "Number hidden",
}
"""How calls end, in people's words."""

_YEARS = range(2000, 2200)
_WRONG_DAY = "this is no day: write it as 2026-12-24"
_WRONG_NUMBER = "this is no telephone number: write it with its country code, as +12395550123"


@dataclass(frozen=True, slots=True)
class CallsAsked:
    """What was typed to find calls; all of it may be empty. Days are the company's, both whole."""

    text: str = ""
    caller: str = ""
    outcome: str = ""
    since: str = ""
    until: str = ""
    recorded: str = ""
    live: str = ""

    @property
    def typed(self) -> Mapping[str, str]:
        """What is not empty, as an address carries it to the next page."""
        named = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: text for name, text in named.items() if text}


@dataclass(frozen=True, slots=True)
class Wanted:
    """The calls asked for, as far as it is understood; ``wrong`` tells by field what is not."""

    calls: CallFilter
    wrong: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CallPage:
    """Some calls, newest first; ``next`` is where those after them begin, None with the last."""

    calls: Sequence[LoggedCall]
    next: Place | None


def wanted(profile: CompanyProfile, asked: CallsAsked, now: datetime) -> Wanted:
    """The calls of a company that somebody asks for."""
    zone, wrong = ZoneInfo(profile.time_zone), dict[str, str]()

    def moment(name: str, days: int = 0) -> datetime | None:
        try:
            return _begins(getattr(asked, name), zone, days)
        except ValueError:
            wrong[name] = _WRONG_DAY
            return None

    try:
        caller = as_logged(asked.caller, profile.region)
    except InvalidNumber:
        caller, wrong["caller"] = "", _WRONG_NUMBER
    calls = CallFilter(
        profile.slug,
        outcome=asked.outcome,
        since=moment("since"),
        until=moment("until", 1),
        caller=caller or None,
        text=asked.text,
        live=live_since(now, profile.limits.call_seconds) if asked.live else None,
        recorded=True if asked.recorded else None,
    )
    return Wanted(calls, wrong)


def as_logged(caller: str, region: str) -> str:
    """A caller's number in any spelling as Twilio sends it; words such as ``anonymous`` stay.

    Raises InvalidNumber for what has digits and is no number.
    """
    if not any(character.isdigit() for character in caller):
        return caller
    return normalize(caller, region)


async def page_of(
    log: CallLog, calls: CallFilter, before: Place | None = None, limit: int = 50
) -> CallPage:
    """The calls after a place, at most ``limit``."""
    found = await log.calls(calls, before=before, limit=limit + 1)
    shown = found[:limit]
    return CallPage(shown, shown[-1].place if len(found) > limit else None)


def _begins(text: str, zone: ZoneInfo, days: int) -> datetime | None:
    """The first moment of a day, or of one ``days`` later, in UTC; raises ValueError."""
    if not text:
        return None
    day = date.fromisoformat(text)
    if day.year not in _YEARS:
        raise ValueError(text)
    day += timedelta(days=days)
    return first_shown(datetime.combine(day, time()), zone).astimezone(UTC)
