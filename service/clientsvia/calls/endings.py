"""Whether an English utterance may be over with the words it ends in."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class Ending(Enum):
    """How near words are to being all: they cannot be, they mostly go on, they may well be."""

    UNFINISHED = auto()
    OPEN = auto()
    FINISHED = auto()


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_NEEDS_MORE = _words(
    "a an the my your our their his every each whose",
    "and or but because if unless while although whether than as",
    "i we they he she i'd we'd they'd you'd he'd she'd let's",
    "is are was were am be has had does did will would can could should may might must shall",
    "of to from into between at during without with by very quite rather mr mrs ms dr",
)
"""Determiners, conjunctions, auxiliaries, most prepositions: none of them ends a sentence."""
_ENDS_A_QUESTION = _words("to from at with of than is are was were would can could be")
"""Of these the ones that do end a question: "who should I talk to", "I don't know where it is"."""
_MOSTLY_GOES_ON = _words(
    "about for in on around after before near under over through until since per",
    "been being do have having get got make made take took give gave put let keep go come went",
    "need want like love prefer find locate look see check search book schedule reserve arrange",
    "cancel change move fix repair replace install clean send bring buy pay use rent order",
    "know think believe say said mean hear wonder hope guess tell show ask explain describe",
    "call help provide offer recommend suggest confirm share add set start try visit",
    "that this these those there it what where when how why who which",
    "you me us him her them one yes no okay hi hello hey well so also just only really too",
    "some any another other same different few many much more less most several all both either",
    "new old good great nice big small large little next last first best better available able",
    "sure not never ever even still already maybe perhaps actually basically",
)
_CLOSES = _words("please thanks tomorrow today tonight now soon am pm instead too either though")
"""With these people mostly end what they want."""
_ASKING = _words("what where who when how which why")
_BEFORE_TO_DO = _words("like want need going have able trying love hoping wanted needed time")
"""Before "to" and a verb: "I would like to book"."""
_AFTER_A_PREPOSITION = _words("you me us him her them it that this there")
_PREPOSITIONS = _words("for to with from of about on at by in like over up near")
"""Before these pronouns: "can you do that for me"."""
_AFTER_IS = _words(
    "new old good great nice big small large better best available different able sure there it"
)
_IS = _words("is are was were be sounds looks seems works very so too pretty")
"""Before these adjectives: "that is great", and no "great" door follows."""
_BEFORE_A_VERB = _words("to can could would will should please not i you we they")
_NOUNS_IN_ING = _words(
    "morning evening thing anything everything something nothing building ceiling wedding plumbing",
    "cleaning heating parking roofing flooring opening meeting training spring",
)
_FEW = 2
"""So many words are seldom a whole question."""
_LONE_DIGITS = 2
"""A number this short is mostly the beginning of a time, a date or an amount."""


def ending_of(said: Sequence[str]) -> Ending:
    """What the last words of a canonical English text tell of its being over."""
    if not said:
        return Ending.UNFINISHED
    last = said[-1]
    if last in _NEEDS_MORE or last.endswith("'s"):
        asks = last in _ENDS_A_QUESTION and said[0] in _ASKING and len(said) > _FEW
        return Ending.OPEN if asks else Ending.UNFINISHED
    if len(said) <= _FEW:
        return Ending.OPEN
    if last in _CLOSES:
        return Ending.FINISHED
    return Ending.OPEN if _goes_on(said, last) else Ending.FINISHED


def _goes_on(said: Sequence[str], last: str) -> bool:
    """Whether the last word is an adverb, a verb whose object is to come, or begins a number."""
    before = said[-2]
    if last in _AFTER_A_PREPOSITION and before in _PREPOSITIONS:
        return False
    if last in _AFTER_IS and before in _IS:
        return False
    if last in _MOSTLY_GOES_ON or (last.isdigit() and len(last) <= _LONE_DIGITS):
        return True
    if last.endswith("ly") or (last.endswith("ing") and last not in _NOUNS_IN_ING):
        return True
    if before == "to":
        return said[-3] in _BEFORE_TO_DO
    return before in _BEFORE_A_VERB
