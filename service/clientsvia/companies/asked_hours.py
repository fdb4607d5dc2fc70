"""Telling questions about opening hours from everything else that opens, closes or takes hours."""

from __future__ import annotations

import re
from enum import Enum, auto

from clientsvia.companies.named_days import MONTHS
from clientsvia.companies.schedule import WEEKDAYS


class Asked(Enum):
    """What about the hours a caller wants to know."""

    OPEN = auto()
    CLOSED = auto()
    OPENS = auto()
    CLOSES = auto()
    HOURS = auto()
    HOLIDAYS = auto()
    NEGATED = auto()
    """Whether it is not open, or not closed: yes and no would both mislead."""


_PLACES = (
    "shop store office clinic restaurant place business location showroom practice company salon "
    "bar branch pharmacy kitchen bakery gym studio warehouse lobby dealership"
).replace(" ", "|")
_WHO = rf"(?:you(?: guys| all| folks| people)?|y'?all|they|we|(?:the|your|this) (?:{_PLACES})s?)"
_NAMED_DAY = (
    rf"(?:{'|'.join(WEEKDAYS)})s?|weekends?|weekdays?|{'|'.join(MONTHS)}|[a-z]{{3}} \d+|"
    r"holidays?|christmas|xmas|thanksgiving|new year'?s?|easter|good friday|"
    r"(?:labor|memorial|independence|veterans|columbus|presidents?'?|mother'?s|father'?s|"
    r"valentine'?s|mlk|martin luther king|"
    r"boxing|canada|groundhog) ?(?:jr\.? )?(?:day)?|july|fourth of july|juneteenth|"
    r"black friday|halloween"
)
_WHEN = (
    rf"(?:{_NAMED_DAY}|today|tonight|tomorrow|day (?:after|before)|weeks?|months?|years?|day|days|"
    r"night|nights|"
    r"morning|mornings|afternoon|evenings?|noon|midnight|lunch|lunchtime|summer|winter|"
    r"\d[\d:/]*(?:st|nd|rd|th| ?am| ?pm)?)"
)
_BEFORE_WHEN = (
    r"(?:(?:the|a|an|about|like|this|next|every|all|first|last|whole|entire|couple of|few)\s+)*"
)
_NEGATION = re.compile(r"n't\b|\b(?:not|never)\b ?")
_CONTRACTIONS = (("won't", "will"), ("can't", "can"))
_TAIL = re.compile(
    rf"\s*(?:$|(?:up|back up|the doors|your doors)?\s*(?:$|{_WHEN}\b|"
    r"(?:on|at|by|till?|until|'til|from|before|after|past|during|over|around|between|this|next|all|"
    r"every|any|each|in|late on|early on|later on|earlier on|as (?:late|early) as)\s+"
    rf"{_BEFORE_WHEN}{_WHEN}\b|(?:the|a)\s+{_BEFORE_WHEN}{_WHEN}\b|"
    r"for (?:business|lunch|breakfast|dinner|walk-?ins|"
    r"the (?:day|night|weekend|holidays?|season))\b|"
    r"(?:to the public|right now|now|at the moment|currently|yet|still|again|anymore|late|"
    r"later|early|earlier|please|usually|normally|or|and|then|there|here|thanks|thank|so|because|if|"
    r"next|around the clock|right|correct|i|when)\b))"
)
_ADVERB = (
    r"(?:(?:still|even|usually|normally|ever|actually|typically|currently|also|always|going to be|"
    r"gonna be|be|just|really) )*"
)
_ASKS = (
    r"(?:when|what time|at what time|how late|how early|(?:un)?till? (?:when|what time)|"
    r"what hours|what days?|which days?|hours|days|times?)"
)
_GREETING = r"(?:(?:hi|hello|hey|yes|yeah|ok|okay|um|uh|and|so|but|well) )*"

_STATE = re.compile(
    rf"(?:\b(?:are|is|r|will|would) {_WHO}"
    rf"|\b(?:if|whether|that|{_ASKS}) {_WHO}(?:'re|'ll| are| is| will)?"
    rf"|^{_GREETING}(?:{_WHO}(?:'re| are)?)?) ?{_ADVERB}\b(?P<word>open|closed)\b(?!-)(?P<tail>.*)"
)
_VERB = re.compile(
    rf"(?:\b(?:(?:do|does|will|would|can|should|{_ASKS}|if|whether) )+{_WHO} "
    rf"|^{_GREETING}you(?: guys| all)? (?:do )?){_ADVERB}"
    r"(?P<word>open|reopen|close|shut)s?\b(?!-)(?P<tail>.*)"
)
_AT_WORK = re.compile(
    rf"\b(?:(?:do|does|are|will|is) (?:{_WHO}|any(?:one|body)|some(?:one|body)))"
    rf"(?: guys)? {_ADVERB}(?:work|working|there|in|around|at work|in the office|"
    r"at the (?:office|shop|store))\b(?P<tail>.+)"
)
_NOUN = re.compile(
    r"\b(?:(?:opening|business|office|store|shop|operating|working|regular|normal|usual|weekend|"
    rf"weekday|holiday|{_NAMED_DAY}) hours|hours of (?:operation|business)|"
    r"(?:what|what's|whats|what're|what is|what are|know|tell me|give me|have|about) "
    r"(?:the |your )?hours(?! (?:of|will|would|does|do i|did)\b)|your hours|"
    r"(?:opening|closing) times?)\b"
)
_NOUN_ALONE = re.compile(rf"{_GREETING}(?:the |your )?(?:hours|schedule)(?: please)?")
_HOURS_ON = re.compile(rf"\bhours (?:on|for|this|over|during)? ?(?:the |this )?{_WHEN}\b")
_HOLIDAYS = re.compile(
    r"\b(?:the |your |public |major |bank |on )holidays\b|\bholiday (?:hours|schedule)\b"
)
_OTHER_HOURS = re.compile(
    r"\b(?:labor|billable|credit|happy|service|contact|per|volunteer|after|many|few|couple|\d+) "
    r"hours\b(?! a day)"
)
_AT_ALL_TIMES = re.compile(
    r"\b(?:24 hours|24/7|24 7|around the clock|every ?day|7 days|seven days|all week|year round)\b"
)
_ASKS_BEFORE = re.compile(rf"\b{_ASKS}\b")
_LATE = re.compile(r" late\b")
_ASKS_END = re.compile(r"\bhow late\b|\b(?:un)?till? (?:when|what time)\b|\bclosing\b")


def what_is_asked(clause: str) -> Asked | None:
    """What a ``plain`` clause wants to know about the hours; None when it asks something else."""
    if _HOLIDAYS.search(clause) and (
        _STATE.search(clause) or _VERB.search(clause) or _NOUN.search(clause)
    ):
        return Asked.HOLIDAYS
    affirmed = _affirmed(clause)
    asked = _state(affirmed) or _verb(affirmed) or _at_work(affirmed) or _noun(affirmed)
    if affirmed != clause and asked in (Asked.OPEN, Asked.CLOSED):
        return Asked.NEGATED
    return asked


def _affirmed(clause: str) -> str:
    """The clause without its negations: ``aren't you open`` becomes ``are you open``."""
    for short, verb in _CONTRACTIONS:
        clause = clause.replace(short, f"{verb} not")
    return " ".join(_NEGATION.sub("", clause).split())


def _state(clause: str) -> Asked | None:
    match = _STATE.search(clause)
    if match is None or not _TAIL.match(match["tail"]):
        return None
    if _AT_ALL_TIMES.search(match["tail"]):
        return Asked.HOURS
    if _ASKS_END.search(clause, 0, match.end("word")) or _LATE.match(match["tail"]):
        return Asked.CLOSES
    if match["word"] == "closed":
        return Asked.CLOSED
    return Asked.HOURS if _ASKS_BEFORE.search(clause, 0, match.end("word")) else Asked.OPEN


def _verb(clause: str) -> Asked | None:
    match = _VERB.search(clause)
    if match is None or not _TAIL.match(match["tail"]):
        return None
    opens = match["word"] in ("open", "reopen")
    if _ASKS_BEFORE.search(clause, 0, match.start("word")):
        return Asked.OPENS if opens else Asked.CLOSES
    if not match["tail"].strip():
        return None
    return Asked.OPEN if opens else Asked.CLOSED


def _at_work(clause: str) -> Asked | None:
    match = _AT_WORK.search(clause)
    if match is None or not re.match(
        rf"\s*(?:on |this |next |every |at |in |the )*{_WHEN}\b", match["tail"]
    ):
        return None
    return Asked.HOURS if _ASKS_BEFORE.search(clause, 0, match.start()) else Asked.OPEN


def _noun(clause: str) -> Asked | None:
    if _OTHER_HOURS.search(clause):
        return None
    if _NOUN_ALONE.fullmatch(clause) or _HOURS_ON.search(clause) or _NOUN.search(clause):
        return Asked.CLOSES if _ASKS_END.search(clause) else Asked.HOURS
    return None
