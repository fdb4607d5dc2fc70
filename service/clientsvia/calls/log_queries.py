"""What may be asked of the call log, and what it answers beside calls."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_CALL = timedelta(hours=4)
"""After which Twilio ends every call: one that began before is not under way."""

_WORD = re.compile(r"[^\W_]+")


class Place(NamedTuple):
    """Where a call stands in a list of calls, newest first; as text it travels with a page."""

    started_at: datetime
    call_sid: str
    company: str

    def __str__(self) -> str:
        """The place as ``Place.read`` reads it."""
        return f"{self.started_at.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}~{self.call_sid}~{self.company}"

    @classmethod
    def read(cls, text: str) -> Place:
        """A place that was text; raises InvalidInput when it is none."""
        moment, *rest = text.split("~")
        try:
            started_at = datetime.strptime(moment, "%Y%m%dT%H%M%S.%f%z")
            call_sid, company = rest
        except ValueError:
            raise InvalidInput(
                f"{text[:80]!r} is no place in the list of calls: "
                "take it as the page before it gave it, or leave it away to begin with the newest"
            ) from None
        return cls(started_at, call_sid, company)


@dataclass(frozen=True, slots=True)
class CallFilter:
    """Which calls are wanted: those of which all that is given is true.

    ``caller`` is as Twilio sent it, ``since`` is part of the span and ``until`` is not. ``text``
    are words that all were said in one turn, by either side; the beginning of a word will do.
    ``live`` wants calls without an end that began or took a turn at or after that moment.
    """

    company: str | None = None
    outcome: str = ""
    since: datetime | None = None
    until: datetime | None = None
    caller: str | None = None
    text: str = ""
    live: datetime | None = None
    recorded: bool | None = None


ANY_CALL = CallFilter()


@dataclass(frozen=True, slots=True)
class Span:
    """From ``since`` up to ``until``, which is not part of it."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class CallTotals:
    """How many calls there were, and how long those that are over took together."""

    calls: int = 0
    seconds: int = 0


@dataclass(frozen=True, slots=True)
class Timing:
    """How long the stages of one webhook took, in nanoseconds; ``at`` is in UTC."""

    company: str
    at: datetime
    stages: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What a caller asked, in their words, and nothing was known to answer."""

    call_sid: str
    at: datetime
    text: str


def words_of(text: str) -> list[str]:
    """The words of a text as they are searched for: in small letters, Latin ones without accents.

    Other scripts keep their marks, of which some make another letter.
    """
    return _WORD.findall("".join(map(_plain, unicodedata.normalize("NFC", text.lower()))))


def _plain(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character
