"""Which time of day a caller speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from clientsvia.companies.shifts import DAY, HOUR, NOON, Shift

LUNCH = Shift(NOON, 13 * HOUR)

_CLOCK = (
    r"(?:(?P<hour>1[0-2]|0?[1-9])(?::(?P<minute>[0-5]\d))?(?: ?(?P<half>am|pm))?"
    r"(?: o'?clock)?(?: in the (?P<part>morning|afternoon|evening))?|(?P<word>noon|midnight))"
    r"(?!\d|/|:|st\b|nd\b|rd\b|th\b)"
)
_TIME = re.compile(
    r"\b(?P<how>at|by|after|past|before|until|till|til|around|from|as late as|as early as) "
    rf"(?:about |around |like )?{_CLOCK}"
)
_ALONE = re.compile(_CLOCK)
_BETWEEN = re.compile(r"\bbetween (?P<start>[\w: ']{1,30}?) and (?P<end>[\w:]+(?: ?[ap]m\b)?)")
_PARTS = {
    "morning": Shift(5 * HOUR, NOON),
    "afternoon": Shift(NOON, 17 * HOUR),
    "evening": Shift(17 * HOUR, 22 * HOUR),
    "tonight": Shift(18 * HOUR, DAY),
    "lunch": LUNCH,
    "at night": Shift(20 * HOUR, DAY),
}
_PART = {name: re.compile(rf"\b{name}(?:s|time)?\b") for name in _PARTS}


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """What was named: a minute of the day, or a stretch of it, or neither.

    ``moment`` is the minute that was said and ``tested`` the one that matters for it: who asks
    "until 6" means the minute before. ``part`` is a stretch, as the evening.
    """

    moment: int | None = None
    tested: int | None = None
    part: Shift | None = None


ANY_TIME = TimeOfDay()


def find_time(text: str) -> TimeOfDay:
    """The time of day in a ``plain`` text."""
    if part := _between(text):
        return TimeOfDay(part=part)
    part = next((span for name, span in _PARTS.items() if _PART[name].search(text)), None)
    match = _TIME.search(text)
    if match is None:
        return TimeOfDay(part=part)
    if match["word"]:
        minute = NOON if match["word"] == "noon" else DAY
        return TimeOfDay(minute, minute if minute == NOON else DAY - 1, part)
    how = match["how"]
    late = how in ("after", "past", "until", "till", "til", "as late as")
    minute = _minute(match, late=late or "tonight" in text)
    before = how in ("until", "till", "til", "before", "by")
    return TimeOfDay(minute, minute - 1 if before else minute, part)


def _between(text: str) -> Shift | None:
    """The stretch from one time to another; None as well when it is not within a day."""
    if (match := _BETWEEN.search(text)) is None:
        return None
    start, end = (_ALONE.fullmatch(match[name].strip()) for name in ("start", "end"))
    if start is None or end is None:
        return None
    first, last = _minute(start), _minute(end)
    if end["half"] == "pm" and not start["half"] and first + NOON < last:
        first += NOON
    if last <= first and not end["half"]:
        last += NOON
    return Shift(first, last) if first < last <= DAY else None


def _minute(match: re.Match[str], *, late: bool = False) -> int:
    if match["word"]:
        return NOON if match["word"] == "noon" else DAY
    hour = int(match["hour"]) % 12
    if match["half"] or match["part"]:
        afternoon = match["half"] == "pm" or match["part"] in ("afternoon", "evening")
    else:
        # Nobody asks for half past three at night: small hours, and late ones, are after noon.
        afternoon = hour <= 6 or (late and hour <= 11)  # noqa: PLR2004
    return hour * HOUR + int(match["minute"] or 0) + (NOON if afternoon else 0)
