"""Amounts, times, days and durations in a sentence, comparable however they are written.

"$89", "89 dollars" and "eighty-nine dollars" are one quantity, as are "half an hour" and
"30 minutes", or "three o'clock" and "3:00". English.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TYPE_CHECKING

from clientsvia.calls.guard import measures
from clientsvia.calls.guard.measures import MINUTES, MONEY, tokens
from clientsvia.companies.named_days import MONTHS
from clientsvia.companies.schedule import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NOON = 12
_HOURS = 24
_HALVES = ("am", "pm")
_JOINING = frozenset("to or and through until".split())
_OF_MONTH = frozenset("of in next this early late mid by until".split())
_SHORT_DAYS = {name[:3]: name for name in WEEKDAYS if name[:3] not in ("sun", "sat")}
_MONTH_NAMES = {short for name in MONTHS for short in (name, name[:3])}


class Kind(StrEnum):
    """What a quantity measures."""

    MONEY = auto()
    SHARE = auto()
    TIME = auto()
    DAY = auto()
    DURATION = auto()
    NUMBER = auto()


@dataclass(frozen=True, slots=True)
class Quantity:
    """``value`` is canonical: whole units of money, minutes, ``3:00pm``, ``tuesday``."""

    kind: Kind
    value: str


def quantities(text: str) -> frozenset[Quantity]:
    """Every amount, share, time, day and duration in a text, and numbers of anything else."""
    return frozenset(_Reader(tokens(text)).read())


def same(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities agree; a time without AM or PM agrees with either."""
    if one.kind is not other.kind or one.kind is not Kind.TIME:
        return one == other
    if all(quantity.value.endswith(_HALVES) for quantity in (one, other)):
        return one.value == other.value
    return one.value.rstrip("apm") == other.value.rstrip("apm")


class _Reader:
    """Goes through tokens once, taking each quantity where it stands.

    A rule gives what it found at a place and where to go on, None when it does not apply.
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words

    def read(self) -> Iterator[Quantity]:
        at = 0
        while at < len(self._words):
            found, at = self._one(at)
            yield from found

    def _one(self, at: int) -> tuple[list[Quantity], int]:
        word = self._word(at)
        if word.isalpha():
            for rule in (self._past, self._half, self._article):
                if taken := rule(at, word):
                    return taken
            named = self._named(at, word)
            return ([named] if named else []), at + 1
        for rule in (self._ordinal, self._clock, self._money, self._share, self._duration):
            if taken := rule(at, word):
                return taken
        return self._bare(at, word), at + 1

    def _word(self, at: int) -> str:
        return self._words[at] if 0 <= at < len(self._words) else ""

    def _half(self, at: int, word: str) -> tuple[list[Quantity], int] | None:
        if word != "half" or self._word(at + 1) not in MINUTES:
            return None
        return [_duration(MINUTES[self._word(at + 1)] / 2)], at + 2

    def _past(self, at: int, word: str) -> tuple[list[Quantity], int] | None:
        hour = self._word(at + 1)
        if word not in measures.PAST or not hour.isdigit():
            return None
        minutes = int(hour) * 60 + measures.PAST[word]
        return [_time(f"{minutes // 60}:{minutes % 60:02}", "")], at + 2

    def _article(self, at: int, word: str) -> tuple[list[Quantity], int] | None:
        """A unit after a word, as in "an hour"; but "a month" after an amount is no duration."""
        article = word in measures.ARTICLES or (
            word == "the" and self._word(at - 1) in measures.WITHIN
        )
        unit = self._word(at + 1)
        minutes = MINUTES.get(unit)
        if not article or minutes is None:
            return None
        if word in ("each", "per") or self._word(at - 1) in MONEY or not minutes:
            return [], at + 2
        if word in ("few", "several", "couple"):
            return [Quantity(Kind.DURATION, f"few {unit.rstrip('s')}")], at + 2
        if (self._word(at + 2), self._word(at + 3)) == ("and", "half"):
            return [_duration(minutes * 1.5)], at + 4
        return [_duration(minutes)], at + 2

    def _named(self, at: int, word: str) -> Quantity | None:
        """What one word says by itself: a day, a part of one, much money, or how soon."""
        day = word.removesuffix("s")
        if word in measures.MUCH or word in MONEY:
            return Quantity(Kind.MONEY, word.rstrip("s"))
        if word in measures.NOON:
            return Quantity(Kind.TIME, measures.NOON[word])
        if word in measures.VAGUE:
            return Quantity(Kind.DURATION, word)
        if day in WEEKDAYS or word in measures.PARTS_OF_DAY or self._is_month(at, word):
            return Quantity(Kind.DAY, day)
        if word in ("week", "month", "weekday") and self._word(at - 1) in ("next", "this"):
            return Quantity(Kind.DAY, f"{self._word(at - 1)} {word}")
        return Quantity(Kind.DAY, _SHORT_DAYS[word]) if word in _SHORT_DAYS else None

    def _is_month(self, at: int, word: str) -> bool:
        """Whether a word is a month; "may" is one only where a day or "of" tells so."""
        if word not in MONTHS:
            return False
        return word != "may" or self._word(at + 1)[:1].isdigit() or self._word(at - 1) in _OF_MONTH

    def _ordinal(self, at: int, word: str) -> tuple[list[Quantity], int] | None:
        """The 3rd as a date where it is written in digits' company; "the first half" is none."""
        match = measures.ORDINAL.fullmatch(word)
        if match is None:
            return None
        following = self._word(at + 1)
        of_month = following == "of" or {following, self._word(at - 1)} & _MONTH_NAMES
        alone = self._word(at - 1) == "the" and following in measures.AFTER_TIME
        return ([Quantity(Kind.DAY, f"the {match[1]}")] if of_month or alone else []), at + 1

    def _clock(self, at: int, word: str) -> tuple[list[Quantity], int] | None:
        following = self._word(at + 1)
        if ":" not in word and following not in (*_HALVES, "oclock"):
            return None
        at += 1 + (following in (*_HALVES, "oclock"))
        half = following if following in _HALVES else self._later_half(at)
        return [_time(word, half)], at

    def _later_half(self, at: int) -> str:
        """The half after a time, "in the afternoon", or that of the time which it runs to."""
        if self._word(at) in _HALVES:
            return self._word(at)
        if (self._word(at), self._word(at + 1)) == ("in", "the"):
            return {"morning": "am", "afternoon": "pm", "evening": "pm"}.get(self._word(at + 2), "")
        later = self._word(at + 2) if self._word(at) in _JOINING else ""
        return later if later in _HALVES else ""

    def _money(self, at: int, word: str) -> tuple[list[Quantity], int] | None:
        """An amount, its cents included where they follow."""
        unit, following = self._word(at + 1), at + 2
        if unit in measures.CENTS:
            return [Quantity(Kind.MONEY, f"{_value(word)} cents")], following
        if unit not in MONEY:
            return None
        rest = following + (self._word(following) == "and")
        if self._word(rest).isdigit() and self._word(rest + 1) in measures.CENTS:
            return [Quantity(Kind.MONEY, _value(f"{word}.{self._word(rest):0>2}"))], rest + 2
        return [Quantity(Kind.MONEY, _value(word))], following

    def _share(self, at: int, word: str) -> tuple[list[Quantity], int] | None:
        if self._word(at + 1) not in measures.SHARES:
            return None
        return [Quantity(Kind.SHARE, _value(word))], at + 2

    def _duration(self, at: int, word: str) -> tuple[list[Quantity], int] | None:
        if (self._word(at + 1), self._word(at + 2)) == ("and", "half"):
            unit = self._word(at + 3)
            return (
                ([_duration((_number(word) + 0.5) * MINUTES[unit])], at + 4)
                if (unit in MINUTES)
                else None
            )
        unit_at = at + 1 + (self._word(at + 1) in measures.QUALIFYING)
        minutes = MINUTES.get(self._word(unit_at))
        if minutes is None:
            return None
        if self._word(unit_at + 1) in ("old", "of"):
            return [Quantity(Kind.NUMBER, _value(word))], unit_at + 1
        return ([_duration(_number(word) * minutes)] if minutes else []), unit_at + 1

    def _bare(self, at: int, word: str) -> list[Quantity]:
        """A figure without a unit takes that of the next one: "three to four hours"."""
        if self._word(at + 1) in _JOINING and self._word(at + 2)[:1].isdigit():
            found, _ = self._one(at + 2)
            for other in found:
                if other.kind is Kind.TIME:
                    return [_time(word, other.value[-2:])]
                if other.kind is Kind.DURATION and _number(self._word(at + 2)):
                    minutes = _number(other.value) / _number(self._word(at + 2))
                    return [_duration(_number(word) * minutes)]
                if other.kind in (Kind.MONEY, Kind.SHARE):
                    return [Quantity(other.kind, _value(word))]
        if self._is_hour(at, word):
            return [_time(word, "")]
        if self._word(at - 1) in _MONTH_NAMES:
            return [Quantity(Kind.DAY, f"the {word}")]
        return [Quantity(Kind.NUMBER, _value(word))]

    def _is_hour(self, at: int, word: str) -> bool:
        """Whether a bare figure is an hour, as in "at three"."""
        if not (word.isdigit() and 1 <= int(word) <= _NOON):
            return False
        following = self._word(at + 1)
        ends = following in measures.AFTER_TIME or following[:1].isdigit()
        return self._word(at - 1) in measures.BEFORE_TIME and ends


def _time(figure: str, half: str) -> Quantity:
    hour, _, minute = figure.partition(":")
    number = int(hour) if hour.isdigit() else 0
    if number > _NOON:
        half = "pm" if number < _HOURS else "am"
    shown = half if half in _HALVES else ""
    return Quantity(Kind.TIME, f"{(number - 1) % _NOON + 1}:{minute or '00'}{shown}")


def _duration(minutes: float) -> Quantity:
    return Quantity(Kind.DURATION, f"{minutes:.10g}")


def _number(figure: str) -> float:
    """What a figure comes to; 0 for one of several points or colons."""
    try:
        return float(figure)
    except ValueError:
        return 0.0


def _value(figure: str) -> str:
    return f"{number:.10g}" if (number := _number(figure)) else figure
