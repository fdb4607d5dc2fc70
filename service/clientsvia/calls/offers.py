"""Offering a person or a message, and understanding what the caller makes of the offer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.intents import Intent
from clientsvia.calls.replying import listen, stay
from clientsvia.calls.route import someone
from clientsvia.calls.state import Mode
from clientsvia.calls.taking import message
from clientsvia.calls.wishes import wished_at
from clientsvia.calls.words import has_any, padded, phrases, words

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.reply import Decision
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company

OFFERED = frozenset({Mode.OFFERED_PERSON, Mode.OFFERED_MESSAGE, Mode.CONFIRM_REQUEST})
UNANSWERED_AT_MOST = 1  # the next turn that neither takes nor declines the offer ends in a message
AGAIN = {
    Mode.OFFERED_PERSON: sentences.PERSON_AGAIN,
    Mode.OFFERED_MESSAGE: sentences.MESSAGE_AGAIN,
    Mode.CONFIRM_REQUEST: sentences.REQUEST_AGAIN,
}

TO_MESSAGE = phrases("message, messages, voicemail, leave it, leave one, call back, callback")
SECOND = phrases("second, latter, two, 2")
TO_PERSON = phrases(
    "person, human, somebody, someone, anybody, anyone, put me through, put through, through",
    "connect, transfer",
)
FIRST = phrases("first, former, 1, option one, number one, press one")
EITHER = phrases(
    "either, whichever, both, dont care, dont mind, doesnt matter, up to you, you choose"
)
ALONE = frozenset({" one ", " one please ", " the one "})
"""Elsewhere "one" may belong to the second one."""
CHOOSING = frozenset(
    " ".join((*TO_MESSAGE, *SECOND, *TO_PERSON, *FIRST, *EITHER)).split()
    + (
        "a an the to yes yeah yep uhhuh no ok okay sure please ill i id im would will like want "
        "wanna take leaving have my just guess think rather prefer lets let us do go with for "
        "fine is be good great can could then maybe probably well thats that key speak talk get "
        "this instead of better not dont and or your really actually thanks thank only way works "
        "them now"
    ).split()
)
"""An utterance of more than these chooses nothing: "somebody broke my pipe" is no answer."""
AGREEING = frozenset({"ok", "okay", "alright", "all", "right", "then", "well"})


def offer(company: Company, call: Call, now: datetime, why: str) -> Decision:
    """Nothing answers the question: a person if one may be rung, else a message.

    An offer that has led nowhere is not repeated without end: a message is taken.
    """
    again = call.state.mode in OFFERED
    if again and call.state.unclear >= UNANSWERED_AT_MOST:
        return _give_up(company, call, why)
    if someone(company, now) is None:
        say, mode = sentences.OFFER_MESSAGE, Mode.OFFERED_MESSAGE
    else:
        say, mode = sentences.OFFER_PERSON, Mode.OFFERED_PERSON
    unclear = call.state.unclear + 1 if again else 0
    return listen(call, (say,), "unknown", why, mode=mode, unclear=unclear, outcome="unanswered")


def ask_again(company: Company, call: Call, why: str) -> Decision:
    """Put the offer once more, in plainer words; then take a message."""
    if call.state.unclear >= UNANSWERED_AT_MOST:
        return _give_up(company, call, why)
    state = replace(call.state, unclear=call.state.unclear + 1)
    return stay(AGAIN[state.mode], state, "offer", why)


def _give_up(company: Company, call: Call, why: str) -> Decision:
    return message.take(company, call, (sentences.NOT_HELPFUL,), source="offer", why=why)


def meant(text: str, intent: Intent, mode: Mode) -> Intent:
    """What words of this ``intent`` mean as an answer to the offer of ``mode``.

    To one of two offers "that's fine" is UNCLEAR: nobody is rung whom the caller did not ask for.
    """
    spoken = words(text)
    either_or = mode is Mode.OFFERED_PERSON
    if intent is Intent.YES:
        return Intent.PERSON if either_or else Intent.MESSAGE
    if intent is Intent.OKAY:
        agreed = not either_or or AGREEING.issuperset(spoken)
        return meant(text, Intent.YES, mode) if agreed else Intent.UNCLEAR
    if intent is Intent.THANKS:
        okay = not AGREEING.isdisjoint(spoken)
        return meant(text, Intent.OKAY, mode) if okay else Intent.NO
    if intent is Intent.HELLO:
        return Intent.UNCLEAR
    if intent in (Intent.QUESTION, Intent.NO):
        return _choice(padded(spoken), frozenset(spoken), mode) or intent
    return intent


def _choice(heard: str, vocabulary: frozenset[str], mode: Mode) -> Intent | None:
    """Which offer a short answer names; None when it names none, or says something else."""
    if not vocabulary <= CHOOSING and heard not in ALONE:
        return None
    first = Intent.PERSON if mode is Mode.OFFERED_PERSON else Intent.MESSAGE
    if heard in ALONE:
        return first
    options = (
        (TO_MESSAGE, Intent.MESSAGE),
        (SECOND, Intent.MESSAGE),
        (TO_PERSON, Intent.PERSON),
        (FIRST, first),
    )
    places = [(wished_at(named, heard, vocabulary), intent) for named, intent in options]
    if chosen := [place for place in places if place[0] >= 0]:
        return min(chosen)[1]
    if wished_at(EITHER, heard, vocabulary) >= 0:
        return first
    return Intent.NO if any(has_any(named, heard) for named, _ in options) else None
