"""The number to call back, as callers say it, key it in and mend it. English."""

from __future__ import annotations

import re

from clientsvia.calls.figures import in_groups
from clientsvia.calls.spoken_numbers import in_digits
from clientsvia.calls.words import words
from clientsvia.errors import InvalidNumber
from clientsvia.telephony.numbers import normalize

FEWEST_DIGITS, MOST_DIGITS = 7, 15
_OH = re.compile(r"\b(?:oh|o)\b", re.IGNORECASE)
_REPEATED = re.compile(r"\b(double|triple) (\w+)", re.IGNORECASE)
_TIMES = {"double": 2, "triple": 3}
_NOT = re.compile(r"\b(?:not|instead of|rather than)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last|end|ends|ending|final)\b", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:area code|first|start|starts|starting|begin|begins)\b", re.IGNORECASE)
_COUNTS = re.compile(
    r"\b(last|first|final) (?:two|three|four|five|six|[2-6])(?: digits| numbers)?\b", re.IGNORECASE
)
_LEADS_TO_NUMBER = re.compile(
    r"[\s,.]+(?:and )?(?:(?:my |the )?(?:\w+ )?number(?:'s| is)?"
    r"|(?:you can |please )?(?:call|reach|text) me(?: back)? (?:at|on)|at|on)$",
    re.IGNORECASE,
)


def number_in(text: str, region: str) -> str:
    """The telephone number in what was said or keyed in; empty where there is none.

    In E.164 where the digits make a number of the ``region``; else as they are.
    """
    digits = max(runs(text), key=len, default="")
    if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        return ""
    try:
        return normalize(digits, region)
    except InvalidNumber:
        return digits


def before_number(text: str) -> str:
    """What is said before the first digit, and before what leads to a number: a name."""
    at = next((position for position, char in enumerate(text) if char.isdigit()), len(text))
    return _LEADS_TO_NUMBER.sub("", text[:at].rstrip(" ,(+"))


def runs(text: str) -> list[str]:
    """The digits of a text, those said one after the other together."""
    spelled = _OH.sub("zero", text)
    spelled = _REPEATED.sub(lambda match: " ".join([match[2]] * _TIMES[match[1].lower()]), spelled)
    found, joined = [], ""
    for word in (*in_digits(words(spelled)), ""):
        if word.isdigit() and word.isascii():
            joined += word
        elif joined:
            found.append(joined)
            joined = ""
    return found


def said_back(number: str) -> str:
    """The number in groups, as the caller can check it."""
    return f"I have {in_groups(number)}."


def in_said(said: tuple[str, ...]) -> str:
    """The digits of the number that was read back in these sentences; empty where none was."""
    back = next((one for one in said if one.startswith("I have ")), "")
    return "".join(char for char in back if char.isdigit())


def mended(number: str, text: str) -> str:
    """The digits of ``number`` with the part put right that a text tells of; empty if none is.

    "239 not 293" puts one in the other's place; "the last four are 0143" and "the area code is
    305" tell where it belongs.
    """
    told, *denied = _NOT.split(text, maxsplit=1)
    if denied and not runs(told):  # "not 293, 239"
        denied[0], _, told = denied[0].partition(",")
    wrong = max(runs(denied[0]), key=len, default="") if denied else ""
    right = max(runs(_COUNTS.sub(lambda match: match[1], told)), key=len, default="")
    if not right or len(right) >= len(number):
        return ""
    if wrong:
        return number.replace(wrong, right, 1) if wrong in number else ""
    if _LAST.search(text):
        return number[: -len(right)] + right
    return right + number[len(right) :] if _FIRST.search(text) else ""
