"""Situations that callers get into: played by the simulator against the real service, and judged.

Each has a firm of its own, which differs from the others' in what the situation is about. All
situations of a moment share one service, whose clock starts there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clientsvia.companies.fields import STORED
from clientsvia.companies.profile import CompanyProfile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


MORNING = "2026-11-18T10:00:00-05:00"  # a Wednesday; all times are New York's
LUNCH = "2026-11-18T12:20:00-05:00"
NIGHT = "2026-11-18T22:00:00-05:00"
SUNDAY = "2026-11-22T11:00:00-05:00"
THANKSGIVING = "2026-11-26T10:00:00-05:00"
CHRISTMAS_EVE = "2026-12-24T10:00:00-05:00"
CLOCKS_BACK = "2026-11-01T01:30:00-05:00"  # the second 1:30 of that night
CLOCKS_FORWARD = "2027-03-14T03:10:00-04:00"

MARIA, BOB, OFFICE, ON_CALL = "+12395550171", "+12395550172", "+12395550173", "+12395550174"
CALLER = "+12395550123"
TOLD = {"message": ["Message from"], "missed": ["Missed call for"]}
"""What the owner hears of a call that ends so."""


@dataclass(frozen=True)
class Situation:
    """What a firm has set, what the caller does, and what must come of it.

    ``heard`` are phrases in the order the caller hears them, ``unheard`` those that must not come;
    ``whispered`` what people hear who are rung; ``rang`` the numbers that were rung, in order;
    ``left`` fields of the message in the box, ``told`` a phrase of each mail the owner gets, and
    ``explain`` phrases of why the call goes where it goes at that moment. Where nothing else is
    said there is a message, and the owner hears of it or of a missed call, as the ``outcome`` is.
    """

    name: str
    at: str = MORNING
    profile: Mapping[str, Any] = field(default_factory=dict)
    notify: dict[str, Any] = field(default_factory=dict)
    caller: Mapping[str, Any] = field(default_factory=dict)
    heard: Sequence[str] = ()
    unheard: Sequence[str] = ()
    whispered: Sequence[str] = ()
    rang: Sequence[str] = ()
    outcome: str = "answered"
    left: Mapping[str, Any] | None = None
    told: Sequence[str] | None = None
    explain: Sequence[str] = ()

    def __str__(self) -> str:
        return self.name

    @property
    def mails(self) -> Sequence[str]:
        """A phrase of each mail that the owner gets."""
        return TOLD.get(self.outcome, ()) if self.told is None else self.told


FIRM: dict[str, Any] = {
    "time_zone": "America/New_York",
    "hours": {
        "weekly": {
            day: ["08:00-12:00", "13:00-17:00"]
            for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
        },
        "holidays": {"country": "US"},
    },
    "targets": [
        {"id": "office", "name": "the office", "number": OFFICE, "keywords": ["billing"]},
        {"id": "maria", "name": "Maria", "number": MARIA},
        {"id": "bob", "name": "Bob", "number": BOB},
        {
            "id": "on-call",
            "name": "the plumber on call",
            "number": ON_CALL,
            "availability": "always",
        },
    ],
    "knowledge": [{"question": "How much does a visit cost?", "answer": "A visit costs ninety."}],
    "limits": {"calls_per_caller": 100},
}


def called(number: int) -> str:
    """The number of the firm of a situation."""
    return f"+1239556{1000 + number}"


def owner(number: int) -> str:
    """The address of the owner of a situation's firm."""
    return f"owner-{number}@firms.example"


def firm(number: int, situation: Situation) -> CompanyProfile:
    """The profile of a situation's firm; it may hold what would not be saved today."""
    own = {
        "slug": f"firm-{number}",
        "name": f"Firm {number}",
        "numbers": [called(number)],
        "notify": {"email": [owner(number)]} | situation.notify,
    }
    return CompanyProfile.model_validate(FIRM | own | dict(situation.profile), context=STORED)
