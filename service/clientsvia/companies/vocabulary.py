"""The words that carry a question's meaning, brought to one form each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")

_STOP = frozenset(
    """
    a about actually all also am an and any anyone anything are around as ask at be because been
    but by calling can cant company could curious d did do does doing dont down exactly for from
    get getting give go going gonna got guess guys had happen happens has have having hello here
    hey hi hoping how i id if ill im in into is it its just kind know let like ll looking m make
    maybe me might mind my need no not now of off ok okay on one or our out please possible
    possibly probably question quick quickly re real really right s see should so some somebody
    someone something sort sure t take tell than thank thanks that the their them then there
    they thing things think this those to too uh um up us use ve wanna want wanted was way we
    well were what whats when where which who why will with wonder wondering would yes you your
    youre yours
    """.split()
)

_PHRASES = re.compile(
    r"\b(?:(?P<price>how (?:much|expensive|pricey)|set me back)"
    r"|(?P<duration>how (?:long|many (?:hours|days|weeks|minutes)))"
    r"|(?P<urgent>right (?:away|now)|asap|as soon as possible)"
    r"|(?P<visit>come (?:out|by|over)))\b"
)

_SUFFIXES = (
    ("ations", ""), ("ation", ""), ("ments", ""), ("ment", ""), ("ances", ""), ("ance", ""),
    ("nesses", ""), ("ness", ""), ("ities", ""), ("ity", ""), ("ings", ""), ("ing", ""),
    ("ies", "y"), ("ied", "y"), ("ers", ""), ("er", ""), ("ed", ""), ("es", ""), ("s", ""),
    ("ly", ""), ("e", ""),
)  # fmt: skip
_LEAST_STEM = 3

_SAME_MEANING = (
    "price cost charge fee rate pricing pay_much expensive cheap",
    "pay payment card visa mastercard amex cash check cheque invoice",
    "appointment book booking schedule reservation reserve slot",
    "cancel reschedule postpone",
    "estimate quote bid quotation",
    "emergency urgent urgency immediately",
    "warranty guarantee guaranteed",
    "license licence licensed certified certification",
    "insurance insured insure bonded liability",
    "repair fix mend broken",
    "replace replacement swap",
    "clogged blocked clog backed plugged",
    "serve service cover",
    "area region town city",
    "offer provide sell carry stock",
    "park parking garage lot",
    "kid child children toddler baby",
    "pet dog cat animal puppy",
    "deliver delivery ship shipping",
    "refund return exchange",
    "duration last length",
    "discount coupon deal special promotion",
    "doctor physician dentist",
    "tooth teeth",
    "begin start",
    "purchase buy",
    "job career hiring hire vacancy",
)


def _stem(word: str) -> str:
    for suffix, instead in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_STEM:
            stem = word[: len(word) - len(suffix)] + instead
            return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "aeilos" else stem
    return word


_CONCEPTS = {
    _stem(word): _stem(group.split()[0]) for group in _SAME_MEANING for word in group.split()
}


@dataclass(frozen=True, slots=True)
class Word:
    """A content word: its stem, and the stem it shares with words of like meaning."""

    stem: str
    meaning: str


def informative_words(text: str) -> list[Word]:
    """The content words of a text, in order."""
    plain = text.lower().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    plain = _PHRASES.sub(lambda match: match.lastgroup or "", plain)
    return [_word(word) for word in _WORD.findall(plain) if word not in _STOP]


@lru_cache(maxsize=50_000)
def _word(text: str) -> Word:
    stem = _stem(text)
    return Word(stem, _CONCEPTS.get(stem, stem))
