"""The same words spelled otherwise, as recognisers do from one partial result to the next."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from random import Random

_BELOW_20 = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NTH = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_LARGEST = 9_999  # beyond it callers say digits one by one
_NUMBER = re.compile(r"(\$?)(\d{1,3}(?:,\d{3})+|\d+)(%|st|nd|rd|th|am|pm)?")
_TIME = re.compile(r"(\d{1,2}):(\d\d)(am|pm)?")
_TELEPHONE = re.compile(r"(?:\d{3}-)?\d{3}-\d{4}")
_DECIMAL = re.compile(r"(\d{1,4})\.(\d{1,3})")
_EDGES = ' .,!?;:"()'
# "No one" and "a second" are no numbers, hence neither is written as one.
_WRITTEN = {word: str(value) for value, word in enumerate(_BELOW_20) if word not in {"zero", "one"}}
_HALVES = {"am": "a.m.", "pm": "p.m."}
_OTHERWISE = {**_WRITTEN, **_HALVES, "a.m.": "am", "p.m.": "pm", "a.m": "am", "p.m": "pm"}


def in_words(number: int) -> str:
    """A number below ten thousand as it is said."""
    if number < len(_BELOW_20):
        return _BELOW_20[number]
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = f" {in_words(number % size)}" if number % size else ""
            return f"{in_words(number // size)} {name}{rest}"
    unit = f" {_BELOW_20[number % 10]}" if number % 10 else ""
    return f"{_TENS[number // 10 - 2]}{unit}"


def nth_in_words(number: int) -> str:
    """An ordinal as it is said."""
    before, _, last = in_words(number).rpartition(" ")
    nth = _NTH.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return f"{before} {nth}".strip()


def respelled(words: Sequence[str], rng: Random, share: float = 0.5) -> list[str]:
    """The words with a share of their numbers spelled the other way, in words or in digits."""
    return [_otherwise(word) if rng.random() < share else word for word in words]


def recased(text: str, rng: Random) -> str:
    """The text in one of the cases recognisers write."""
    cases: tuple[Callable[[str], str], ...] = (str, str.lower, _sentence, str.upper)
    return rng.choices(cases, (4, 3, 3, 1))[0](text)


def bare(word: str) -> str:
    """A word without the punctuation around it."""
    return word.strip(_EDGES) if word.lower() not in _HALVES.values() else word


def punctuated(words: Iterable[str], rng: Random, share: float = 0.1) -> str:
    """A text with punctuation behind some words, in no relation to what follows them."""
    return " ".join(word + (rng.choice(",.?!") if rng.random() < share else "") for word in words)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _otherwise(word: str) -> str:
    low = bare(word).lower()
    if other := _OTHERWISE.get(low):
        return other
    for pattern, said in _SAID:
        if found := pattern.fullmatch(low):
            return said(found) or word
    return word


def _digit_by_digit(digits: str) -> str:
    return " ".join("oh" if digit == "0" else _BELOW_20[int(digit)] for digit in digits)


def _decimal_in_words(found: re.Match[str]) -> str:
    return f"{in_words(int(found[1]))} point {_digit_by_digit(found[2])}"


def _telephone_in_words(found: re.Match[str]) -> str:
    return _digit_by_digit(found[0].replace("-", ""))


def _time_in_words(found: re.Match[str]) -> str:
    hour, minutes, half = int(found[1]), int(found[2]), found[3]
    if not 1 <= hour <= 23 or minutes > 59 or (hour > 12 and minutes < 10):  # noqa: PLR2004 - of a clock
        return ""
    said = in_words(hour)
    if minutes:
        said += f" oh {in_words(minutes)}" if minutes < 10 else f" {in_words(minutes)}"  # noqa: PLR2004 - oh five
    elif not half:
        said += " o'clock"
    return f"{said} {half[0]} {half[1]}" if half else said


def _number_in_words(found: re.Match[str]) -> str:
    dollar, digits, ending = found[1], found[2].replace(",", ""), found[3] or ""
    number = int(digits)
    if number > _LARGEST or (digits[0] == "0" and number):
        return ""
    if ending in {"st", "nd", "rd", "th"}:
        return nth_in_words(number) if number else ""
    said = in_words(number)
    if dollar:
        return f"{said} dollars" if not ending else ""
    return f"{said} {'percent' if ending == '%' else _HALVES.get(ending, '')}".strip()


_SAID: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_TIME, _time_in_words),
    (_DECIMAL, _decimal_in_words),
    (_TELEPHONE, _telephone_in_words),
    (_NUMBER, _number_in_words),
)
