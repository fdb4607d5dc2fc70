"""Where to call back: the caller's own number or another, read back and put right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.effects import MessageLeft
from clientsvia.calls.intents import Intent
from clientsvia.calls.listening import name_in
from clientsvia.calls.reply import Decision, RecallNumber
from clientsvia.calls.replying import listen
from clientsvia.calls.spoken import spoken
from clientsvia.calls.state import Mode
from clientsvia.calls.taking.asking_again import ask_again
from clientsvia.calls.taking.callback_number import (
    before_number,
    in_said,
    mended,
    number_in,
    runs,
    said_back,
)
from clientsvia.calls.taking.message_words import (
    NO_NUMBER,
    OTHER_NUMBER,
    THIS_NUMBER,
    confirms,
    rejects,
)
from clientsvia.calls.words import has_any, padded, words

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.events import NumberRecalled
    from clientsvia.calls.reply import Need
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company

NAME_LENGTH = 80
_MENDED = "the caller mended the name"


def number_recalled(
    event: NumberRecalled, company: Company, call: Call, _now: datetime
) -> Decision:
    """A correction is made in the number that was read back; else it is asked for anew."""
    digits = mended(in_said(event.said), event.text)
    if number := number_in(digits, company.region):
        return read_back(call, number, ())
    why = "the number was not right"
    return listen(call, (sentences.ASK_NUMBER,), "message", why, mode=Mode.ASKED_NUMBER)


def ask_number(call: Call, opening: tuple[str, ...], why: str) -> Decision:
    """The number the call came from is offered, where it can be called at all."""
    if call.caller_id:
        say, mode = sentences.confirm_caller(call.caller_id), Mode.CONFIRM_CALLER
    else:
        say, mode = sentences.ASK_NUMBER, Mode.ASKED_NUMBER
    return listen(call, (*opening, say), "message", why, mode=mode)


def confirm_caller(intent: Intent, text: str, company: Company, call: Call) -> Decision:
    """The caller's own number is best, or another is; a name that was misheard is mended here."""
    number = number_in(text, company.region)
    name = _own_name(before_number(text) if number else text)
    if number or name:
        thanks = (greeted(name, company),) if name else ()
        ask = read_back(call, number, thanks) if number else ask_number(call, thanks, _MENDED)
        return replace(ask, effects=(MessageLeft(name=name, number=number),))
    right = confirms(text, intent)
    if not right and (rejects(text, intent) or has_any(OTHER_NUMBER, padded(words(text)))):
        why = "another number is better"
        return listen(call, (sentences.ASK_NUMBER,), "message", why, mode=Mode.ASKED_NUMBER)
    if right or call.state.unclear:
        return done(call, call.caller_id or "")
    return ask_again(company, call, "the caller has not said which number is best")


def asked_number(intent: Intent, text: str, company: Company, call: Call) -> Decision:
    """Another number, or after all the one the call comes from."""
    if number := number_in(text, company.region):
        return read_back(call, number, ())
    said = padded(words(text))
    if intent is Intent.NO or has_any(NO_NUMBER, said):
        return done(call, "")
    if call.caller_id and (said == " same " or has_any(THIS_NUMBER, said)):
        return done(call, call.caller_id)
    return ask_again(company, call, "no number was heard")


def read_back(call: Call, number: str, opening: tuple[str, ...]) -> Decision:
    """Say a number as it was heard; it is left already, should the caller hang up now."""
    say = (*opening, said_back(number), sentences.RIGHT_NUMBER)
    decision = listen(call, say, "message", "the number is read back", mode=Mode.CONFIRM_NUMBER)
    return replace(decision, effects=(MessageLeft(number=number),))


def confirm_number(intent: Intent, text: str, company: Company, call: Call) -> Decision | Need:
    """The number is right, or a part of it is mended, or it is asked for anew."""
    if number := number_in(text, company.region):
        return read_back(call, number, ())
    if confirms(text, intent) and not runs(text):
        return done(call, "")
    if rejects(text, intent) or runs(text):
        return RecallNumber(text)
    return ask_again(company, call, "the caller has not said whether the number is right")


def done(call: Call, number: str) -> Decision:
    """All is said: the message is whole, and the caller may ask for more."""
    say = (sentences.PASSED_ON, sentences.ANYTHING_ELSE)
    why = "the message is complete"
    decision = listen(call, say, "message", why, mode=Mode.ASKED_MORE, outcome="message")
    return replace(decision, effects=(MessageLeft(number=number, complete=True),))


def _own_name(text: str) -> str:
    """The name in "no, my name is Ada"; empty in anything else."""
    _, found, after = text.lower().partition("name is ")
    return name_in(text[-len(after) :])[:NAME_LENGTH] if found and after else ""


def greeted(name: str, company: Company) -> str:
    """Thanks by name, which lets a caller mend it."""
    return f"Thank you, {spoken(name, company.agent.language).rstrip('.')}."
