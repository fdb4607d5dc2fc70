"""What a caller's words mean, in one spelling: equal texts are one question."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from clientsvia.calls.settled_numbers import settled
from clientsvia.calls.spelling import tokens
from clientsvia.calls.spoken_numbers import CARDINALS, IDENTIFIER, NUMBER_WORDS, SCALES, in_digits
from clientsvia.calls.words import FILLERS, SOUNDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# "Oh" may be a zero, and "er" the emergency room: both are decided by the words around them.
_FILLERS = FILLERS - {"oh", "er"} | frozenset("umm uhm uhh erm hm hmmm ahh".split())
_BEFORE_THE_ER = frozenset("the an a nearest closest local your our my this that".split())

_DENIED = (
    "do does did is are was were have has had would could should must need might wo ca sha"
).split()
_SPELLED_OTHERWISE = {"wo": "will", "ca": "can", "sha": "shall"}
_WITH_IS = "it he she that what where who how there here when why".split()
_CONTRACTED = {
    "m": (["i"], "am"),
    "re": ("you we they what where who how there".split(), "are"),
    "ve": ("i you we they could should would must might".split(), "have"),
    "ll": ("i you he she it we they that there who what".split(), "will"),
    "s": (_WITH_IS, "is"),
}
_OTHER_WORDS = frozenset("its were ill well shell hell".split())
"""What a contraction without its apostrophe may be instead."""
_WOULD = frozenset("like love prefer appreciate".split())
"""After these "I'd" is "I would", never "I had"."""


def _contractions() -> dict[str, tuple[str, ...]]:
    whole: dict[str, tuple[str, ...]] = {
        f"{verb}{ending}": (_SPELLED_OTHERWISE.get(verb, verb), "not")
        for verb in _DENIED
        for ending in ("n't", "nt")
    }
    for ending, (words, meant) in _CONTRACTED.items():
        for word in words:
            whole[f"{word}'{ending}"] = (word, meant)
            if f"{word}{ending}" not in _OTHER_WORDS:
                whole[f"{word}{ending}"] = (word, meant)
    return whole


_REWRITTEN: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_FILLERS, ()),
    **_contractions(),
    "cannot": ("can", "not"),
    "gonna": ("going", "to"),
    "ok": ("okay",),
    "o'clock": ("oclock",),
    "%": ("percent",),
    "&": ("and",),
    "@": ("at",),
    "+": ("plus",),
    "$": ("dollars",),
    "€": ("euros",),
}
_ZERO_AFTER = CARDINALS | {"oh", "point"}
_WOULD_OR_HAD = {f"{word}'d": word for word in "i you he she we they".split()}
_OF_NUMBERS = frozenset({*NUMBER_WORDS, "oh"})
_TOUCHED = frozenset({*_REWRITTEN, *_WOULD_OR_HAD, *_OF_NUMBERS, "er", "per"})
_HAS_DIGIT = re.compile(r"\d")

_UNITS = {"$": "dollar", "€": "euro", "£": "£"}
_NUMBER = re.compile(r"(-?)([$€£]?)(\.?\d+(?:[.,:-]\d+)*)([^\W\d].*)?", re.DOTALL)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(\.\d+)?")
_TIME = re.compile(r"0?(\d{1,2}:\d\d)")
_TELEPHONE = re.compile(r"(?:1-)?(?:\d{3}-)?\d{3}-\d{4}|\d{3}\.\d{3}\.\d{4}")
_ENDS_WITH = {"am": "am", "pm": "pm", "€": "euro", "£": "£"}


@lru_cache(maxsize=512)
def canonical(text: str, language: str = "en") -> str:
    """One spelling for all texts that mean the same; texts that do not get different ones.

    Case, punctuation and fillers do not count, nor how a number or a contraction is spelled.
    Everything else does: each word and its place, signs and units of numbers. In languages other
    than English only case and punctuation are left out.

    PERF: 2 us for ten words of which none is special, 10 to 30 with numbers among them; a partial
    result asks two or three times for the same text.
    """
    if language[:2] != "en":
        return " ".join(tokens(text))
    text = text.lower()
    if "uh" in text or "hm" in text:
        for sound, word in SOUNDS:
            text = text.replace(sound, word)
    heard = tokens(text)
    if _TOUCHED.isdisjoint(heard) and not _HAS_DIGIT.search(text):
        return " ".join(heard)
    return " ".join(settled(in_digits(_in_words(heard))))


def _in_words(heard: Sequence[str]) -> list[str]:
    """Fillers left out, contractions and signs written out, the unit of money behind its number."""
    said: list[str] = []
    unit = ""
    for word, following in zip(heard, (*heard[1:], ""), strict=True):
        if unit and word not in SCALES:
            said.append(unit)
            unit = ""
        if word in _WOULD and said[-1:] and said[-1] in _WOULD_OR_HAD:
            said[-1:] = _WOULD_OR_HAD[said[-1]], "would", word
        elif word in _TOUCHED:
            said += _meant(word, following, said)
        elif not word.isalpha() and (number := _NUMBER.fullmatch(word)):
            written, unit = _number(number)
            said += written
        else:
            said.append(word)
    return [*said, unit] if unit else said


def _meant(word: str, following: str, before: Sequence[str]) -> Sequence[str]:
    """What one word stands for, nothing for a filler."""
    previous = before[-1] if before else ""
    if word == "oh":
        return (word,) if _beside_digits(previous, following) else ()
    if word == "er":
        return (word,) if previous in _BEFORE_THE_ER else ()
    return _REWRITTEN.get(word, (word,))


def _beside_digits(previous: str, following: str) -> bool:
    return (
        previous in _ZERO_AFTER
        or following in CARDINALS
        or previous[:1].isdigit()
        or following[:1].isdigit()
    )


def _number(found: re.Match[str]) -> tuple[list[str], str]:
    """A written number in its parts, and the unit that stands before it."""
    minus, sign, digits, tail = found.groups("")
    unit = _UNITS.get(sign, "")
    said = ["minus"] if minus else []
    digits = _digits(digits)
    if tail in _ENDS_WITH:
        return [*said, digits, _ENDS_WITH[tail]], unit
    return [*said, digits + tail], unit


def _digits(digits: str) -> str:
    if digits.isdigit():
        return digits
    if digits[0] == ".":
        return f"0{digits}"
    if time := _TIME.fullmatch(digits):
        return time[1]
    if _TELEPHONE.fullmatch(digits):
        return digits.replace("-", "").replace(".", "")
    if _THOUSANDS.fullmatch(digits):
        small = int(digits.partition(".")[0].replace(",", "")) < IDENTIFIER
        return digits.replace(",", "") if small else digits
    return digits
