"""How to listen: what the agent asked for decides what the caller is likely to say."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from clientsvia.calls.figures import in_groups
from clientsvia.calls.spoken import spoken
from clientsvia.calls.spoken_numbers import in_digits
from clientsvia.calls.words import words


class Expect(StrEnum):
    """What the caller was asked for."""

    FREE = "free"
    YES_NO = "yes_no"
    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"
    DIGITS = "digits"


_ASKS = re.compile(
    r"\b(?:what(?:'s| is| are)?|which|may i|can i|could i|can you|could you|would you|give me"
    r"|tell me|need|please|have|spell|repeat|enter|leave|and|at)\b"
)
_NUMBERED = (
    r"account|order|invoice|confirmation|reference|ticket|policy|member|customer|tracking|job|case"
)
_OTHER_DIGITS = r"zip(?: code)?|post(?:al )?code|pin|digits|key in"
_TELEPHONE = r"phone|telephone|cell|mobile|callback|call-back|contact|your|best|a good"
_KINDS = (
    (Expect.EMAIL, re.compile(r"\be-?mail(?: address)?\b")),
    (Expect.DIGITS, re.compile(rf"\b(?:(?:{_NUMBERED}) number|{_OTHER_DIGITS})\b")),
    (
        Expect.PHONE,
        re.compile(
            rf"\b(?:{_TELEPHONE}) (?:phone )?number\b"
            r"|\bnumber (?:to|can|should|where|we|they|for)\b"
        ),
    ),
    (
        Expect.NAME,
        re.compile(
            r"\byour (?:full |first |last )?name\b|\bwho am i (?:speaking|talking)\b"
            r"|\bwho(?:'s| is) calling\b|\bspell (?:that|it|your)\b"
        ),
    ),
)
_YES_OR_NO = re.compile(
    r"(?:^|[,;] )(?:so |then |and )?(?:shall i|should i|would you like(?: me)? to|do you want"
    r"(?: me)? to|is (?:that|this|it) (?:right|correct|ok|okay|so|about|for)|did i get (?:that|it)"
    r"|have i got (?:that|it)|right|correct)\b[^?]*\?$"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_TOLD = re.compile(r"please (?:tell|give|say|spell|enter|key|leave|press)")
_SPOKEN_AT = re.compile(r"\s+at\s+", re.IGNORECASE)
_SPOKEN_DOT = re.compile(r"\s+(?:dot|period|point)\s+", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BEFORE_NAME = re.compile(
    r"^(?:(?:yes|yeah|sure|ok|okay|um|uh|hi|hello|it's|its|it is|this is|my name is|my name's|i'm"
    r"|i am|the name is|the name's|that's|you're speaking with)[,\s]+)+",
    re.IGNORECASE,
)
_LEAST_DIGITS = 4  # fewer are a count or a day of the month
_PHONE_DIGITS = 7
_NAME_WORDS = 4


@lru_cache(maxsize=4096)
def expected(said: str) -> Expect:
    """What an answer to the last of these sentences will be; FREE where nothing tells.

    PERF: a call is asked the same sentences as any other; remembered, this takes 0.1 us of 15.
    """
    last = _SENTENCE.split(said.strip().lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))[-1]
    if not (last.endswith("?") or _TOLD.search(last)):
        return Expect.FREE
    if _YES_OR_NO.search(last) and " or " not in last:
        return Expect.YES_NO
    asks = _ASKS.search(last) is not None
    return next((kind for kind, asked in _KINDS if asks and asked.search(last)), Expect.FREE)


def read_back(asked: str, heard: str) -> str:
    """What was heard, as a sentence the caller can check; empty where it does not matter.

    Numbers come in groups, e-mail addresses in words. ``asked`` is what the agent said last.
    """
    kind = expected(asked)
    if kind in (Expect.PHONE, Expect.DIGITS):
        digits = "".join(
            char for word in in_digits(words(heard)) for char in word if char.isdigit()
        )
        return f"I have {_grouped(digits)}." if len(digits) >= _LEAST_DIGITS else ""
    if kind is Expect.EMAIL:
        written = _SPOKEN_DOT.sub(".", _SPOKEN_AT.sub("@", heard))
        match = _EMAIL.search(written)
        return spoken(f"I have {match[0].lower()}.") if match else ""
    if kind is Expect.NAME:
        name = name_in(heard)
        return f"I have {name}." if 0 < len(name.split()) <= _NAME_WORDS else ""
    return ""


def name_in(heard: str) -> str:
    """The name in "yes, my name is Ada Miller"; all that was said where nothing leads to it."""
    return " ".join(_BEFORE_NAME.sub("", heard.strip()).rstrip(".!?, ").split())


def _grouped(digits: str) -> str:
    return in_groups(digits) if len(digits) >= _PHONE_DIGITS else " ".join(digits)
