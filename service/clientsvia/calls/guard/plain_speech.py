"""A sentence in plain words, so that rules of grammar need to know one spelling alone. English."""

from __future__ import annotations

import re

from clientsvia.calls.guard.measures import tokens

_CONTRACTED = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("[\N{RIGHT SINGLE QUOTATION MARK}`]", "'"),
        (r"\bwon't\b", "will not"),
        (r"\b(?:can't|cannot)\b", "can not"),
        (r"n't\b", " not"),
        (r"\b(i|we|you|they)'ve\b", r"\1 have"),
        (r"\b(\w+)'ll\b", r"\1 will"),
        (r"\bi'm\b", "i am"),
        (r"\b(we|you|they)'re\b", r"\1 are"),
        (r"\b(i|we|you|they|he|she)'d\b", r"\1 would"),
        (r"\blet's\b", "we will"),
        (r"\b(it|that|he|she|there|what|who|here|everything|\w+(?:one|body))'s\b", r"\1 is"),
        (r"\b(?:let|allow) me(?: to)?\b", "i will"),
        (r"\b(?:going to|gonna|about to)\b", "will"),
        (r"\b(?:am|is|are) will\b", "will"),
        (r"\bin touch\b", "intouch"),
        (r"\b(?:gone|go|went) ahead and\b", "just"),
    )
)
_OFFERS = re.compile(
    r" (?:(?:take|leave|record) (?:an? |your |that |it |this |you )*(?:as )?(?:an? )?message"
    r"(?: for [a-z]+(?: team)?)?|put you through(?: to [a-z]+)?|do for you|take your time|go ahead"
    r"|pass (?:(?:it|that|this|your|the|an?)(?: [a-z]+)?) (?:on|along)(?: to (?:the|our) [a-z]+)?"
    r"|(?:connect|transfer) you|see (?:how|what|if|whether)|stay safe|oh no|no problem)(?= )"
)
"""What an assistant may always offer: it has the tools for it, or needs none."""


def expanded(text: str) -> str:
    """A padded text of plain words: no contractions, numbers as figures, one kind of future."""
    text = text.lower()
    for pattern, instead in _CONTRACTED:
        text = pattern.sub(instead, text)
    return f" {' '.join(tokens(text))} "


def offerless(plain: str) -> str:
    """An ``expanded`` text without the offers that an assistant may always make."""
    return _OFFERS.sub("", plain)
