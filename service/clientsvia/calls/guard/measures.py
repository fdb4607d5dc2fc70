"""The words that amounts, times and durations are made of. English."""

from __future__ import annotations

import re

from clientsvia.calls.spoken_numbers import in_digits
from clientsvia.companies.schedule import WEEKDAYS

MONEY = frozenset("dollar dollars buck bucks usd euro euros pound pounds quid".split())
MUCH = frozenset("hundreds thousands pennies".split())
CENTS = frozenset("cent cents".split())
SHARES = frozenset("percent pct".split())
MINUTES = {
    "minute": 1, "minutes": 1, "min": 1, "mins": 1, "hour": 60, "hours": 60, "day": 1440,
    "days": 1440, "week": 10080, "weeks": 10080, "month": 43200, "months": 43200,
    "year": 525600, "years": 525600, "second": 0, "seconds": 0, "moment": 0, "moments": 0,
}  # fmt: skip
ARTICLES = frozenset("a an one 1 each per few several couple".split())
WITHIN = frozenset("within in under inside".split())
QUALIFYING = frozenset("business working full whole solid good more short entire calendar".split())
BEFORE_TIME = frozenset("at by around about before after until till from between past to".split())
AFTER_TIME = frozenset(
    (
        "and or to on today tomorrow tonight then for in with but if so sharp ish works is this "
        "next please until because the exactly when would will at latest most through till"
    ).split()
) | {"", *WEEKDAYS}
PARTS_OF_DAY = frozenset(
    (
        "today tonight tomorrow morning mornings afternoon afternoons evening evenings night "
        "nights weekend weekends lunchtime overnight daily nightly weekly"
    ).split()
)
NOON = {"noon": "12:00pm", "midday": "12:00pm", "midnight": "12:00am"}
VAGUE = frozenset(
    (
        "shortly soon promptly momentarily immediately asap instantly straightaway lifetime "
        "nextday sameday"
    ).split()
)
PAST = {"halfpast": 30, "quarterpast": 15, "quarterto": -15}
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_PHRASES = (
    (" right away ", " immediately "),
    (" any minute ", " soon "),
    (" after work ", " evening "),
    (" a lifetime ", " lifetime "),
    (" straight away ", " immediately "),
    (" in a jiffy ", " soon "),
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
_WORD = re.compile(r"\d+(?:[.:]\d+)*(?:st|nd|rd|th)?|[a-z]+")
_WRITTEN = (
    (re.compile(r"(?<=\d),(?=\d{3}\b)"), ""),
    (re.compile(r"['\N{RIGHT SINGLE QUOTATION MARK}]"), ""),
    (re.compile(r"\$\s?(\d+(?:\.\d+)?)"), r"\1 dollars"),
    (re.compile(r"(?<=\d)\s?%"), " percent"),
    (re.compile(r"\b([ap])\.\s?m\b\.?"), r"\1m"),
    (re.compile(r"(?<=\d)\s?[-\N{EN DASH}]\s?(?=\d{1,2}(?![\d-]))"), " to "),
    (re.compile(r"(?<=\d)(?=(?:am|pm|k|hrs?|mins?)\b)"), " "),
)


def tokens(text: str) -> list[str]:
    """Lower-case words, with number words made digits and fixed phrases made words."""
    text = text.lower()
    for pattern, instead in _WRITTEN:
        text = pattern.sub(instead, text)
    spaced = f" {' '.join(_WORD.findall(text))} "
    for phrase, word in _PHRASES:
        spaced = spaced.replace(phrase, word)
    return in_digits(spaced.split())
