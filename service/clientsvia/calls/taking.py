"""Taking a message in conversation: what it is about, who calls, and where to call back. English.

What is said is left with each answer, so that nothing is lost of a caller who hangs up half-way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import message, sentences
from clientsvia.calls.callback_number import in_said, mended, number_in, said_back
from clientsvia.calls.effects import MessageLeft
from clientsvia.calls.intents import Intent
from clientsvia.calls.listening import name_in
from clientsvia.calls.reply import Decision, RecallNumber
from clientsvia.calls.replying import hang_up, listen, stay
from clientsvia.calls.spoken import spoken
from clientsvia.calls.state import Mode
from clientsvia.calls.words import has_any, padded, phrases, words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from clientsvia.calls.events import NumberRecalled
    from clientsvia.calls.reply import Need
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company

GENERAL = frozenset({Intent.REPEAT, Intent.WAIT, Intent.NATURE})
"""What callers may ask at any time without leaving the message."""
UNCLEAR_AT_MOST = 2
NAME_LENGTH, REASON_LENGTH = 80, 1000
SHORT = 8  # words: more are a story, in which a person or a goodbye may be spoken of
AGREED = frozenset({Intent.YES, Intent.OKAY, Intent.THANKS})
BARE = AGREED | {Intent.HELLO, Intent.UNCLEAR}
NEVER_MIND = phrases(
    "never mind, nevermind, forget it, forget about it, forget the message, cancel, no message",
    "dont bother, dont take a message, dont leave a message, i changed my mind",
)
VOICEMAIL = phrases(
    "voicemail, voice mail, leave a recording, record it, record a message, record my message",
    "record the message, rather record, leave a voice message",
)
URGENT = phrases(
    "urgent, urgently, asap, as soon as possible, right away, emergency, cant wait, cannot wait",
    "immediately",
)
NOT_URGENT = phrases(
    "not urgent, not that urgent, not so urgent, isnt urgent, not an emergency, no emergency",
    "no hurry, no rush, not very urgent, not really urgent, nothing urgent",
)
ONLY_A_MESSAGE = frozenset(
    "i id ill would like want wanna to can could may please just leave take a message the with "
    "you for somebody someone them him her yes yeah sure ok okay lets do that then here is".split()
)
"""Who says no more than this has not said what the message is."""
THIS_NUMBER = phrases(
    "this number, same number, this one, the same, number im calling from, one im calling from",
    "calling from, my number, caller id",
)
NO_NUMBER = phrases("dont have one, no number, dont have a number, no phone, rather not")
AGAIN = {
    Mode.ASKED_REASON: sentences.ASK_REASON,
    Mode.ASKED_URGENT: sentences.ASK_URGENT,
    Mode.ASKED_NAME: sentences.ASK_NAME,
    Mode.ASKED_NUMBER: sentences.ASK_NUMBER,
    Mode.CONFIRM_NUMBER: sentences.NUMBER_AGAIN,
}


def begin(
    company: Company,
    call: Call,
    opening: tuple[str, ...],
    *,
    source: str,
    why: str,
    reason: str = "",
) -> Decision:
    """Take a message after ``opening``, whose ``reason`` the caller may have told already.

    Where callers speak another language than English it is recorded.
    """
    if not message.is_english(company):
        take = message.record if reason else message.take
        say = (*opening, sentences.NOTED, sentences.LEAVE_NAME) if reason else opening
        decision = take(company, call, say, source=source, why=why)
        left = (MessageLeft(reason=reason, number=call.caller_id or ""),) if reason else ()
        return replace(decision, effects=left)
    if reason:
        decision = _reason(company, call, reason, (*opening, sentences.NOTED), why=why)
    else:
        say = (*opening, sentences.ASK_REASON)
        decision = listen(call, say, source, why, mode=Mode.ASKED_REASON)
    return replace(decision, source=source, outcome="message_asked")


def again(call: Call) -> str:
    """What is asked once more of a caller who did not answer; empty where no message is taken."""
    if call.state.mode is Mode.CONFIRM_CALLER:
        return sentences.confirm_caller(call.caller_id or "")
    return AGAIN.get(call.state.mode, "")


def is_aside(intent: Intent, text: str) -> bool:
    """Whether words are about the call itself, and understood as at any other time."""
    return intent in GENERAL or (intent is Intent.PERSON and len(words(text)) <= SHORT)


def heard(
    intent: Intent, text: str, company: Company, call: Call, *, doubt: str = ""
) -> Decision | Need:
    """What is made of words, while a message is being taken; in ``doubt`` it is recorded."""
    if doubt:
        return by_recording(company, call, doubt)
    said, short = padded(words(text)), len(words(text)) <= SHORT
    if short and has_any(NEVER_MIND, said):
        return _leave(call)
    if intent is Intent.GOODBYE and short:
        return _goodbye(call)
    if short and has_any(VOICEMAIL, said):
        return by_recording(company, call, "the caller would rather record the message")
    return _ANSWERS[call.state.mode](intent, text, company, call)


def keyed(digits: str, company: Company, call: Call) -> Decision | Need:
    """Keys are a number, or a yes (1) or a no (2) to what was asked."""
    if number := number_in(digits, company.region):
        return _read_back(call, number, ())
    if digits in ("1", "2") and call.state.mode in (
        Mode.ASKED_URGENT,
        Mode.CONFIRM_CALLER,
        Mode.CONFIRM_NUMBER,
    ):
        intent = Intent.YES if digits == "1" else Intent.NO
        return _ANSWERS[call.state.mode](intent, "", company, call)
    return _ask_again(company, call, "a key without a meaning here")


def by_recording(company: Company, call: Call, why: str) -> Decision:
    """Record what cannot, or shall not, be taken in conversation."""
    opening = () if call.state.unclear < UNCLEAR_AT_MOST else (sentences.TROUBLE_HEARING,)
    return message.take(company, call, opening, source="message", why=why)


def number_recalled(
    event: NumberRecalled, company: Company, call: Call, _now: datetime
) -> Decision:
    """A correction is made in the number that was read back; else it is asked for anew."""
    digits = mended(in_said(event.said), event.text)
    if number := number_in(digits, company.region):
        return _read_back(call, number, ())
    why = "the number was not right"
    return listen(call, (sentences.ASK_NUMBER,), "message", why, mode=Mode.ASKED_NUMBER)


def _asked_reason(intent: Intent, text: str, company: Company, call: Call) -> Decision:
    if intent is Intent.NO:
        return _leave(call)
    if intent in BARE or ONLY_A_MESSAGE.issuperset(words(text)):
        return _ask_again(company, call, "the caller has not said yet what it is about")
    return _reason(company, call, text, (), why="the caller said what it is about")


def _reason(
    company: Company, call: Call, text: str, opening: tuple[str, ...], *, why: str
) -> Decision:
    """Leave the reason; how urgent it is, is asked where that is not said and may matter."""
    said = padded(words(text))
    denied = has_any(NOT_URGENT, said)
    urgent = call.state.urgent or (has_any(URGENT, said) and not denied)
    left = MessageLeft(reason=text[:REASON_LENGTH], number=call.caller_id or "", urgent=urgent)
    if company.urgent.phrases and not urgent and not denied:
        say, mode = (*opening, sentences.ASK_URGENT), Mode.ASKED_URGENT
    else:
        say, mode = (*opening, sentences.ASK_NAME), Mode.ASKED_NAME
    return replace(listen(call, say, "message", why, mode=mode), effects=(left,))


def _asked_urgent(intent: Intent, text: str, company: Company, call: Call) -> Decision:
    said = padded(words(text))
    denied = intent is Intent.NO or has_any(NOT_URGENT, said)
    urgent = not denied and (intent in AGREED or has_any((*URGENT, " it is "), said))
    if not (denied or urgent or call.state.unclear):
        return _ask_again(company, call, "the caller has not said whether it is urgent")
    why = f"the message is {'' if urgent else 'not '}urgent"
    decision = listen(call, (sentences.ASK_NAME,), "message", why, mode=Mode.ASKED_NAME)
    return replace(decision, effects=(MessageLeft(urgent=True),) if urgent else ())


def _asked_name(intent: Intent, text: str, company: Company, call: Call) -> Decision:
    if intent in BARE:
        return _ask_again(company, call, "the caller has not said a name yet")
    if len(words(text)) > SHORT and not number_in(text, company.region):
        return _reason(company, call, text, (), why="the caller tells more of what it is about")
    number = number_in(text, company.region)
    name = "" if intent is Intent.NO else name_in(_before_digits(text))[:NAME_LENGTH]
    thanks = (_thanks(name, company),) if name else ()
    left = (MessageLeft(name=name),) if name else ()
    if number:
        decision = _read_back(call, number, thanks)
        return replace(decision, effects=(MessageLeft(name=name, number=number),))
    why = "the caller said the name" if name else "the caller would rather tell no name"
    return replace(_ask_number(call, thanks, why), effects=left)


def _ask_number(call: Call, opening: tuple[str, ...], why: str) -> Decision:
    """The number the call came from is offered, where it can be called at all."""
    if call.caller_id:
        say, mode = sentences.confirm_caller(call.caller_id), Mode.CONFIRM_CALLER
    else:
        say, mode = sentences.ASK_NUMBER, Mode.ASKED_NUMBER
    return listen(call, (*opening, say), "message", why, mode=mode)


def _confirm_caller(intent: Intent, text: str, company: Company, call: Call) -> Decision:
    if number := number_in(text, company.region):
        return _read_back(call, number, ())
    if mended_name := _own_name(text):
        why = "the caller mended the name"
        decision = _ask_number(call, (_thanks(mended_name, company),), why)
        return replace(decision, effects=(MessageLeft(name=mended_name),))
    first = words(text)[:1]
    if intent is Intent.NO or first in (("no",), ("nope",)):
        why = "another number is better"
        return listen(call, (sentences.ASK_NUMBER,), "message", why, mode=Mode.ASKED_NUMBER)
    if intent in AGREED or first in (("yes",), ("yeah",), ("yep",)) or call.state.unclear:
        return _done(call, call.caller_id or "")
    return _ask_again(company, call, "the caller has not said which number is best")


def _asked_number(intent: Intent, text: str, company: Company, call: Call) -> Decision:
    if number := number_in(text, company.region):
        return _read_back(call, number, ())
    said = padded(words(text))
    if intent is Intent.NO or has_any(NO_NUMBER, said):
        return _done(call, "")
    if call.caller_id and has_any(THIS_NUMBER, said):
        return _done(call, call.caller_id)
    return _ask_again(company, call, "no number was heard")


def _read_back(call: Call, number: str, opening: tuple[str, ...]) -> Decision:
    say = (*opening, said_back(number), sentences.RIGHT_NUMBER)
    decision = listen(call, say, "message", "the number is read back", mode=Mode.CONFIRM_NUMBER)
    return replace(decision, effects=(MessageLeft(number=number),))


def _confirm_number(intent: Intent, text: str, company: Company, call: Call) -> Decision | Need:
    if number := number_in(text, company.region):
        return _read_back(call, number, ())
    if intent in AGREED:
        return _done(call, "")
    if intent is Intent.NO or any(char.isdigit() for char in text) or words(text)[:1] == ("no",):
        return RecallNumber(text)
    return _ask_again(company, call, "the caller has not said whether the number is right")


def _done(call: Call, number: str) -> Decision:
    """All is said: the message is whole, and the caller may ask for more."""
    say = (sentences.PASSED_ON, sentences.ANYTHING_ELSE)
    why = "the message is complete"
    decision = listen(call, say, "message", why, mode=Mode.ASKED_MORE, outcome="message")
    return replace(decision, effects=(MessageLeft(number=number, complete=True),))


def _goodbye(call: Call) -> Decision:
    """Who takes leave has said all there is to say; it is passed on if there was something."""
    why = "the caller said goodbye"
    if call.state.mode is Mode.ASKED_REASON:
        return hang_up(call, (sentences.GOODBYE,), "goodbye", why, "")
    decision = hang_up(call, (sentences.PASSED_ON, sentences.GOODBYE), "goodbye", why, "message")
    return replace(decision, effects=(MessageLeft(complete=True),))


def _leave(call: Call) -> Decision:
    """No message after all; what was said before is kept, but not asked for any further."""
    why = "the caller would rather leave no message"
    return listen(call, (sentences.ANYTHING_ELSE,), "message", why, mode=Mode.ASKED_MORE)


def _ask_again(company: Company, call: Call, why: str) -> Decision:
    if call.state.unclear >= UNCLEAR_AT_MOST:
        return by_recording(company, call, why)
    state = replace(call.state, unclear=call.state.unclear + 1)
    return stay(again(call), state, "message", why)


def _thanks(name: str, company: Company) -> str:
    return f"Thank you, {spoken(name, company.agent.language).rstrip('.')}."


def _own_name(text: str) -> str:
    """The name in "no, my name is Ada"; empty in anything else."""
    _, found, after = text.lower().partition("name is ")
    return name_in(text[-len(after) :])[:NAME_LENGTH] if found and after else ""


def _before_digits(text: str) -> str:
    """What is said before the first digit: a name, where a number follows it."""
    at = next((position for position, char in enumerate(text) if char.isdigit()), len(text))
    return text[:at].rstrip(" ,(+")


_ANSWERS: dict[Mode, Callable[[Intent, str, Company, Call], Decision | Need]] = {
    Mode.ASKED_REASON: _asked_reason,
    Mode.ASKED_URGENT: _asked_urgent,
    Mode.ASKED_NAME: _asked_name,
    Mode.CONFIRM_CALLER: _confirm_caller,
    Mode.ASKED_NUMBER: _asked_number,
    Mode.CONFIRM_NUMBER: _confirm_number,
}
