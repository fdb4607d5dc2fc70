"""Amounts, times, days and durations in a sentence, comparable however they are written.

"$89", "89 dollars" and "eighty-nine dollars" are one quantity, as are "half an hour" and
"30 minutes", or "three o'clock" and "3:00". English.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import TYPE_CHECKING

from clientsvia.companies.named_days import MONTHS
from clientsvia.companies.schedule import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator


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
    """``value`` is canonical: whole units of money, minutes, ``15:00``, ``tuesday``."""

    kind: Kind
    value: str


_ONES = dict(
    zip(
        (
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen"
        ).split(),
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(20, 100, 10),
        strict=True,
    )
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth"
).split()
_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 1_000_000}
_NUMBER_WORDS = frozenset((*_ONES, *_TENS, *_SCALES))
_MONEY = frozenset("dollar dollars buck bucks usd euro euros pound pounds quid".split())
_CENTS = frozenset("cent cents".split())
_SHARES = frozenset("percent pct".split())
_MINUTES = {
    "minute": 1, "minutes": 1, "min": 1, "mins": 1, "hour": 60, "hours": 60, "day": 1440,
    "days": 1440, "week": 10080, "weeks": 10080, "month": 43200, "months": 43200,
    "year": 525600, "years": 525600, "second": 0, "seconds": 0, "moment": 0, "moments": 0,
}  # fmt: skip
_BUSINESS = frozenset("business working full whole solid good more short entire calendar".split())
_BEFORE_TIME = frozenset("at by around about before after until till from between past to".split())
_PARTS = frozenset(
    (
        "today tonight tomorrow morning mornings afternoon afternoons evening evenings noon night "
        "nights midday midnight weekend weekends lunchtime overnight daily nightly weekly"
    ).split()
)
_VAGUE = frozenset(
    "shortly soon promptly momentarily immediately asap instantly straightaway".split()
)
_VAGUE_PHRASES = (
    (" right away ", " immediately "),
    (" straight away ", " immediately "),
    (" as soon as possible ", " possible "),
    (" as soon as they can ", " possible "),
    (" any time ", " anytime "),
    (" at any moment ", " soon "),
    (" no time ", " soon "),
    (" next day ", " nextday "),
    (" same day ", " sameday "),
    (" first thing ", " early "),
    (" right now ", " rightnow "),
    (" half past ", " halfpast "),
    (" quarter past ", " quarterpast "),
    (" quarter after ", " quarterpast "),
    (" quarter to ", " quarterto "),
    (" quarter of ", " quarterto "),
    (" half an ", " half "),
    (" half a ", " half "),
    (" a half ", " half "),
    (" a couple of ", " 2 "),
    (" a few ", " few "),
    (" o clock ", " oclock "),
    (" a m ", " am "),
    (" p m ", " pm "),
)
_LONG_DAYS = frozenset({"nextday", "sameday"})
_SHORT_DAYS = {name[:3]: name for name in WEEKDAYS}
_WORD = re.compile(r"\d+(?:[.:]\d+)*|[a-z]+|%|\$")
_PLAIN = (
    (re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),
    (re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}]"), ""),
    (re.compile(r"\$\s?(\d+(?:\.\d+)?)"), r"\1 dollars"),
    (re.compile(r"(?<=\d)\s?%"), " percent"),
    (re.compile(r"\b([ap])\.\s?m\b\.?"), r"\1m"),
    (re.compile(r"(?<=\d)\s?[-\N{EN DASH}]\s?(?=\d{1,2}(?![\d-]))"), " to "),
    (re.compile(r"(?<=\d)(?=(?:am|pm|st|nd|rd|th|k|hrs?|mins?)\b)"), " "),
)
_OF_MONTH = frozenset("of in next this early late mid by until".split())
_HOURS = 24
_NOON = 12


def tokens(text: str) -> list[str]:
    """Lower-case words, with number words made figures and fixed phrases made words."""
    text = text.lower()
    for pattern, instead in _PLAIN:
        text = pattern.sub(instead, text)
    spaced = f" {' '.join(_WORD.findall(text))} "
    for phrase, word in _VAGUE_PHRASES:
        spaced = spaced.replace(phrase, word)
    return list(_numbered(spaced.split()))


def quantities(text: str) -> frozenset[Quantity]:
    """Every amount, share, time, day and duration in a text, and numbers of anything else."""
    return frozenset(_Reader(tokens(text)).read())


def _numbered(words: list[str]) -> Iterator[str]:
    """Runs of number words as one figure each: "one hundred and forty" is "140"."""
    at = 0
    while at < len(words):
        if words[at] in _NUMBER_WORDS or (
            words[at] == "a" and words[at + 1 : at + 2] and words[at + 1] in _SCALES
        ):
            value, at = _spelled(words, at)
            yield value
        else:
            yield words[at]
            at += 1


def _spelled(words: list[str], at: int) -> tuple[str, int]:
    total, current, last = 0, 0, 0
    while at < len(words):
        word = words[at]
        if word == "a" and not (total or current) and words[at + 1 : at + 2] != []:
            current, last = 1, 1
        elif word in _TENS and last in (0, 100):
            current, last = current + _TENS[word], 10
        elif word in _ONES and (last in (0, 100) or (last == 10 and 0 < _ONES[word] < 10)):  # noqa: PLR2004
            current, last = current + _ONES[word], 1
        elif word == "hundred" and last:
            current, last = current * 100, 100
        elif word in _SCALES and (current or total):
            total, current, last = total + current * _SCALES[word], 0, 100
        elif word in _SCALES:
            current, last = _SCALES[word], 100
        elif not (
            word == "and"
            and last == 100
            and words[at + 1 : at + 2]
            and (  # noqa: PLR2004
                words[at + 1] in _ONES or words[at + 1] in _TENS
            )
        ):
            break
        at += 1
    return str(total + current), at


class _Reader:
    """Goes through tokens once, taking each quantity where it stands."""

    def __init__(self, words: list[str]) -> None:
        self._words = words

    def read(self) -> Iterator[Quantity]:
        at = 0
        while at < len(self._words):
            found, at = self._one(at)
            yield from found

    def _word(self, at: int) -> str:
        return self._words[at] if 0 <= at < len(self._words) else ""

    def _one(self, at: int) -> tuple[list[Quantity], int]:
        word = self._word(at)
        if word[0].isdigit():
            return self._number(at)
        if word in ("halfpast", "quarterpast", "quarterto"):
            return self._past(at)
        if word == "half" and self._word(at + 1) in _MINUTES:
            minutes = _MINUTES[self._word(at + 1)] // 2
            return [Quantity(Kind.DURATION, str(minutes))], at + 2
        if word in ("a", "an", "one", "each", "per", "few", "several", "couple"):
            return self._article(at)
        if word == "the" and self._word(at - 1) in ("within", "in", "under", "inside"):
            return self._article(at)
        if word in ("hundreds", "thousands", "pennies") or word in _MONEY:
            return [Quantity(Kind.MONEY, word.rstrip("s"))], at + 1
        day = self._day(at)
        return ([day] if day else []), at + 1

    def _article(self, at: int) -> tuple[list[Quantity], int]:
        """ "An hour", "a few minutes"; what is counted per hour or each week is no duration."""
        word, unit = self._word(at), self._word(at + 1)
        minutes = _MINUTES.get(unit)
        if minutes is None or word in ("each", "per") or self._word(at - 1) in _MONEY:
            return [], at + (2 if minutes is not None else 1)
        if word in ("few", "several", "couple"):
            value = f"few {unit.rstrip('s')}" if minutes else ""
        else:
            value = str(minutes) if minutes else ""
        if value and self._word(at + 2) == "and" and self._word(at + 3) == "half":
            return [Quantity(Kind.DURATION, str(minutes * 3 // 2))], at + 4
        return ([Quantity(Kind.DURATION, value)] if value else []), at + 2

    def _number(self, at: int) -> tuple[list[Quantity], int]:
        figure, following = self._word(at), at + 1
        word = self._word(following)
        if ":" in figure or word in ("am", "pm", "oclock"):
            return self._clock(at, figure, word)
        if word in _MONEY or word in _CENTS:
            return self._money(at)
        if word in _SHARES:
            return [Quantity(Kind.SHARE, _value(figure))], following + 1
        if word in ("st", "nd", "rd", "th"):
            return [Quantity(Kind.DAY, f"the {figure}")], following + 1
        if word == "and" and self._word(at + 2) == "half" and self._word(at + 3) in _MINUTES:
            minutes = (float(_value(figure)) + 0.5) * _MINUTES[self._word(at + 3)]
            return [Quantity(Kind.DURATION, f"{minutes:.10g}")], at + 4
        if word in _BUSINESS:
            following, word = following + 1, self._word(following + 1)
        if word in _MINUTES and self._word(following + 1) in ("old", "of"):
            return [Quantity(Kind.NUMBER, _value(figure))], following + 1
        if word in _MINUTES:
            minutes = float(_value(figure)) * _MINUTES[word]
            return ([Quantity(Kind.DURATION, f"{minutes:.10g}")] if minutes else []), following + 1
        return self._in_range(at, figure), at + 1

    def _money(self, at: int) -> tuple[list[Quantity], int]:
        """An amount, its cents included where they follow."""
        figure, following = self._word(at), at + 2
        if self._word(at + 1) in _CENTS:
            return [Quantity(Kind.MONEY, f"{_value(figure)} cents")], following
        following += self._word(following) == "and"
        if self._word(following).isdigit() and self._word(following + 1) in _CENTS:
            return [Quantity(Kind.MONEY, _value(f"{figure}.{self._word(following):0>2}"))], (
                following + 2
            )
        return [Quantity(Kind.MONEY, _value(figure))], at + 2

    def _in_range(self, at: int, figure: str) -> list[Quantity]:
        """A figure without a unit takes that of the next one: "three to four hours"."""
        if self._word(at + 1) in ("to", "or", "and", "through", "until") and (
            self._word(at + 2)[:1].isdigit()
        ):
            found, _ = self._number(at + 2)
            for other in found:
                if other.kind is Kind.TIME:
                    return [Quantity(Kind.TIME, _time(figure, other.value[-2:]))]
                if other.kind is Kind.DURATION:
                    unit = float(other.value) / float(_value(self._word(at + 2)))
                    minutes = float(_value(figure)) * unit
                    return [Quantity(Kind.DURATION, f"{minutes:.10g}")]
                if other.kind in (Kind.MONEY, Kind.SHARE):
                    return [Quantity(other.kind, _value(figure))]
        whole = figure.isdigit() and 1 <= int(figure) <= _NOON
        ends = self._word(at + 1) in _AFTER_TIME or self._word(at + 1)[:1].isdigit()
        if whole and self._word(at - 1) in _BEFORE_TIME and ends:
            return [Quantity(Kind.TIME, _time(figure, ""))]
        month = self._word(at - 1)
        if any(month in (name, name[:3]) for name in MONTHS):
            return [Quantity(Kind.DAY, f"the {figure}")]
        return [Quantity(Kind.NUMBER, _value(figure))]

    def _clock(self, at: int, figure: str, word: str) -> tuple[list[Quantity], int]:
        half = word if word in ("am", "pm") else ""
        following = at + 1 + (word in ("am", "pm", "oclock"))
        if not half and self._word(following) in ("am", "pm"):
            half, following = self._word(following), following + 1
        if not half:
            half = self._later_half(following)
        return [Quantity(Kind.TIME, _time(figure, half))], following

    def _later_half(self, at: int) -> str:
        """ "In the afternoon" after a time, or the half of the time that it runs to."""
        if self._word(at) == "in" and self._word(at + 1) == "the":
            part = self._word(at + 2)
            return "am" if part == "morning" else "pm" if part in ("afternoon", "evening") else ""
        if self._word(at) in ("to", "until", "and"):
            return next((w for w in self._words[at + 2 : at + 3] if w in ("am", "pm")), "")
        return ""

    def _past(self, at: int) -> tuple[list[Quantity], int]:
        hour = self._word(at + 1)
        if not hour.isdigit():
            return [], at + 1
        minutes = {"halfpast": 30, "quarterpast": 15, "quarterto": -15}[self._word(at)]
        total = int(hour) * 60 + minutes
        return [Quantity(Kind.TIME, _time(f"{total // 60}:{total % 60:02}", ""))], at + 2

    def _day(self, at: int) -> Quantity | None:
        word = self._word(at)
        single = word.removesuffix("s")
        if single in WEEKDAYS:
            return Quantity(Kind.DAY, single)
        if word in _SHORT_DAYS and word not in ("sun", "sat"):
            return Quantity(Kind.DAY, _SHORT_DAYS[word])
        if word in ("noon", "midday"):
            return Quantity(Kind.TIME, "12:00pm")
        if word == "midnight":
            return Quantity(Kind.TIME, "12:00am")
        if word in _PARTS:
            return Quantity(Kind.DAY, single)
        if word in _VAGUE or word in _LONG_DAYS:
            return Quantity(Kind.DURATION, word)
        if word in ("week", "month", "weekday") and self._word(at - 1) in (
            "next",
            "this",
            "coming",
        ):
            return Quantity(Kind.DAY, f"{self._word(at - 1)} {word}")
        return self._in_a_month(at, word)

    def _in_a_month(self, at: int, word: str) -> Quantity | None:
        """A month, or a day in one; "may" is a month only where a day or "of" tells so."""
        after, before = self._word(at + 1), self._word(at - 1)
        if word in MONTHS and (word != "may" or after[:1].isdigit() or before in _OF_MONTH):
            return Quantity(Kind.DAY, word)
        if (
            word in _ORDINALS
            and (after == "of" or before == "the")
            and (self._word(at + 2) in MONTHS or before in MONTHS)
        ):
            return Quantity(Kind.DAY, f"the {_ORDINALS.index(word) + 1}")
        return None


_AFTER_TIME = frozenset(
    {
        "", "and", "or", "to", "on", "today", "tomorrow", "tonight", "then", "for", "in", "with",
        "but", "if", "so", "sharp", "ish", "works", "is", "this", "next", "please", "until", "if",
        "because", "thirty", "fifteen", "the", "exactly", "or", "when", "would", "will", "at",
        "latest", "most", "through", "till", *WEEKDAYS,
    }
)  # fmt: skip


def _time(figure: str, half: str) -> str:
    hour, _, minute = figure.partition(":")
    number = int(hour) if hour.isdigit() else 0
    if number > _NOON:
        half = "pm" if number < _HOURS else "am"
    half = half if half in ("am", "pm") else ""
    return f"{(number - 1) % _NOON + 1}:{minute or '00'}{half}"


def _value(figure: str) -> str:
    try:
        return f"{float(figure):.10g}"
    except ValueError:
        return figure


def same(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities agree; a time without AM or PM agrees with either."""
    if one.kind is not other.kind or one.kind is not Kind.TIME:
        return one == other
    first, second = one.value, other.value
    halves = first[-2:] in ("am", "pm"), second[-2:] in ("am", "pm")
    if all(halves):
        return first == second
    return first.removesuffix("am").removesuffix("pm") == second.removesuffix("am").removesuffix(
        "pm"
    )
