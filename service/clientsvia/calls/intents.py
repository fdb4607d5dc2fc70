"""What callers ask of the call itself: a person, a message, once more, goodbye."""

from __future__ import annotations

from enum import StrEnum, auto
from typing import TYPE_CHECKING

from clientsvia.calls.words import has_any, padded, phrases, words

if TYPE_CHECKING:
    from clientsvia.companies.company import Company, Target


class Intent(StrEnum):
    """What the caller wants of the call; QUESTION is everything else."""

    PERSON = auto()
    MESSAGE = auto()
    REPEAT = auto()
    GOODBYE = auto()
    YES = auto()
    NO = auto()
    QUESTION = auto()


NEGATIONS = frozenset({"dont", "not", "never", "without", "cant", "wont", "didnt"})
PERSON = phrases(
    "speak to, speak with, talk to, talk with, chat with, connect me, transfer me, put me through",
    "real person, live person, real human, human being, get me a person, want a person",
    "want a human, get me a human, operator, representative, receptionist, pass me on",
)
NOT_A_PERSON = phrases("talk to you about, speak to you about, speak with you about")
PERSON_WORDS = frozenset({"person", "human", "agent", "operator", "someone", "somebody", "staff"})
MESSAGE = phrases(
    "leave a message, take a message, leave message, leave a voicemail, leave a voice mail",
    "voicemail, call me back, give me a call back, ring me back, leave my number",
)
REPEAT = phrases(
    "repeat that, repeat it, say that again, say it again, say again, come again, one more time",
    "what did you say, what was that, could you repeat, can you repeat, please repeat",
    "didnt catch that, didnt hear that, didnt get that, pardon me",
)
REPEAT_WORDS = frozenset({"pardon", "sorry", "what", "repeat", "again", "excuse"})
GOODBYE = phrases(
    "goodbye, good bye, bye, bye bye, hang up, thats all, that is all, nothing else",
    "that will be all, thatll be all, im done, that was all, thats everything",
)
GOODBYE_WORDS = frozenset(
    (
        "goodbye bye good thanks thank you so very much thats that is was will be thatll all "
        "nothing else no nope for now have a nice great day one evening weekend im done "
        "everything hang up please ok okay alright i need have got it and then well just cheers "
        "ill you too"
    ).split()
)
YES = phrases(
    "yes, yeah, yep, yup, sure, ok, okay, please do, go ahead, of course, absolutely, please",
    "why not, sounds good, that would be, thats fine, correct, right, id like that, lets do that",
)
YES_WORDS = frozenset(
    (
        "yes yeah yep yup sure ok okay please do go ahead of course absolutely that would be great "
        "thats fine sounds good correct right thank you thanks why not id i like love to lets it"
    ).split()
)
NO = phrases("no, nope, nah, not now, not right now, never mind, nevermind, not really, no need")
NO_WORDS = frozenset(
    (
        "no nope nah not right now never mind nevermind really need thanks thank you its fine ok "
        "okay im good thats all that is please i dont it"
    ).split()
)

POLITE = frozenset("a an the real live please just get me i need want".split())
BARE = (
    (Intent.GOODBYE, GOODBYE, GOODBYE_WORDS),
    (Intent.NO, NO, NO_WORDS),
    (Intent.YES, YES, YES_WORDS),
)
"""What counts only when nothing is added: "no, are you open on Sunday?" is a question."""


def intent_of(text: str) -> Intent:
    """What ``text`` asks of the call.

    A wish that the caller negates ("I don't want to talk to anybody") is none.
    """
    spoken = words(text)
    heard, vocabulary = padded(spoken), frozenset(spoken)
    if _wished(PERSON, heard) and not has_any(NOT_A_PERSON, heard):
        return Intent.PERSON
    if _only(PERSON_WORDS, vocabulary):
        return Intent.PERSON
    if _wished(MESSAGE, heard):
        return Intent.MESSAGE
    if has_any(REPEAT, heard) or _only(REPEAT_WORDS, vocabulary):
        return Intent.REPEAT
    for intent, wanted, known in BARE:
        if vocabulary <= known and has_any(wanted, heard):
            return intent
    return Intent.QUESTION


def wanted_target(text: str, company: Company) -> Target | None:
    """The transfer target the caller names, by its name or one of its keywords."""
    heard = padded(words(text))
    return next((target for target in company.targets if _names(target, heard)), None)


def _names(target: Target, heard: str) -> bool:
    return has_any((padded(words(name)) for name in (target.name, *target.keywords)), heard)


def _wished(wanted: tuple[str, ...], heard: str) -> bool:
    at = min((at for phrase in wanted if (at := heard.find(phrase)) >= 0), default=-1)
    return at >= 0 and NEGATIONS.isdisjoint(heard[:at].split())


def _only(nouns: frozenset[str], vocabulary: frozenset[str]) -> bool:
    """Whether a bare noun is all that was said: "a person, please", "human"."""
    return not nouns.isdisjoint(vocabulary) and vocabulary <= nouns | POLITE
