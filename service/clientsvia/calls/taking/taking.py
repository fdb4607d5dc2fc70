"""Taking a message in conversation: what it is about, who calls, and where to call back. English.

What is said is left with each answer, so that nothing is lost of a caller who hangs up half-way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.effects import MessageLeft
from clientsvia.calls.intents import Intent
from clientsvia.calls.listening import name_in
from clientsvia.calls.replying import hang_up, listen
from clientsvia.calls.screening import known_caller
from clientsvia.calls.state import Mode
from clientsvia.calls.taking import calling_back, message
from clientsvia.calls.taking.asking_again import ask_again, by_recording
from clientsvia.calls.taking.callback_number import before_number, number_in
from clientsvia.calls.taking.calling_back import NAME_LENGTH, ask_number, greeted, read_back
from clientsvia.calls.taking.message_words import (
    AGREED,
    BARE,
    NO_NAME,
    ONLY_A_MESSAGE,
    URGENT,
    asks,
    denies_urgency,
    leaves,
    wants_recording,
)
from clientsvia.calls.words import has_any, padded, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.calls.reply import Decision, Need
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company

GENERAL = frozenset({Intent.REPEAT, Intent.WAIT, Intent.NATURE})
"""What callers may ask at any time without leaving the message."""
SHORT = 8  # words: more are a story, in which a person or a goodbye may be spoken of


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


def is_aside(intent: Intent, text: str) -> bool:
    """Whether words are about the call itself, and understood as at any other time."""
    return intent in GENERAL or (intent is Intent.PERSON and len(words(text)) <= SHORT)


def heard(
    intent: Intent, text: str, company: Company, call: Call, *, doubt: str = ""
) -> Decision | Need:
    """What is made of words, while a message is being taken; in ``doubt`` it is recorded."""
    if doubt:
        return by_recording(company, call, doubt)
    short = len(words(text)) <= SHORT
    if short and leaves(text):
        return _leave(call)
    if intent is Intent.GOODBYE and short:
        return _goodbye(call)
    if short and wants_recording(text):
        return by_recording(company, call, "the caller would rather record the message")
    return _ANSWERS[call.state.mode](intent, text, company, call)


def keyed(digits: str, company: Company, call: Call) -> Decision | Need:
    """Keys are a number, or a yes (1) or a no (2) to what was asked."""
    if number := number_in(digits, company.region):
        return read_back(call, number, ())
    if digits in ("1", "2") and call.state.mode in (
        Mode.ASKED_URGENT,
        Mode.CONFIRM_CALLER,
        Mode.CONFIRM_NUMBER,
    ):
        intent = Intent.YES if digits == "1" else Intent.NO
        return _ANSWERS[call.state.mode](intent, "", company, call)
    return ask_again(company, call, "a key without a meaning here")


def _asked_reason(intent: Intent, text: str, company: Company, call: Call) -> Decision:
    if intent is Intent.NO:
        return _leave(call)
    if intent in BARE or ONLY_A_MESSAGE.issuperset(words(text)):
        return ask_again(company, call, "the caller has not said yet what it is about")
    return _reason(company, call, text, (), why="the caller said what it is about")


def _reason(
    company: Company, call: Call, text: str, opening: tuple[str, ...], *, why: str
) -> Decision:
    """Leave the reason; how urgent it is, is asked where that is not said and may matter."""
    denied = denies_urgency(text)
    urgent = call.state.urgent or (has_any(URGENT, padded(words(text))) and not denied)
    left = message.about(call, text, urgent=urgent)
    if company.urgent.phrases and not urgent and not denied:
        decision = listen(
            call, (*opening, sentences.ASK_URGENT), "message", why, mode=Mode.ASKED_URGENT
        )
    else:
        decision = _ask_name(company, call, opening, why)
    return replace(decision, effects=(left, *decision.effects))


def _asked_urgent(intent: Intent, text: str, company: Company, call: Call) -> Decision:
    said = padded(words(text))
    denied = intent is Intent.NO or denies_urgency(text)
    urgent = not denied and (intent in AGREED or has_any((*URGENT, " it is "), said))
    if not (denied or urgent or call.state.unclear):
        return ask_again(company, call, "the caller has not said whether it is urgent")
    decision = _ask_name(company, call, (), f"the message is {'' if urgent else 'not '}urgent")
    left = (MessageLeft(urgent=True),) if urgent else ()
    return replace(decision, effects=(*left, *decision.effects))


def _ask_name(company: Company, call: Call, opening: tuple[str, ...], why: str) -> Decision:
    """Whoever the company knows by name is not asked for it."""
    known = known_caller(company, call)
    if known is None or not known.name:
        return listen(call, (*opening, sentences.ASK_NAME), "message", why, mode=Mode.ASKED_NAME)
    decision = ask_number(call, opening, f"{why}; the caller is known by name")
    return replace(decision, effects=(MessageLeft(name=known.name),))


def _asked_name(intent: Intent, text: str, company: Company, call: Call) -> Decision:
    number = number_in(text, company.region)
    if len(words(text)) > SHORT and not number:
        return _reason(company, call, text, (), why="the caller tells more of what it is about")
    none = intent is Intent.NO or has_any(NO_NAME, padded(words(text)))
    if intent in BARE or (asks(text) and not (none or number)):
        return ask_again(company, call, "the caller has not said a name yet")
    name = "" if none else name_in(before_number(text) if number else text)[:NAME_LENGTH]
    thanks = (greeted(name, company),) if name else ()
    left = (MessageLeft(name=name),) if name else ()
    if number:
        decision = read_back(call, number, thanks)
        return replace(decision, effects=(MessageLeft(name=name, number=number),))
    why = "the caller said the name" if name else "the caller would rather tell no name"
    return replace(ask_number(call, thanks, why), effects=left)


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


_ANSWERS: dict[Mode, Callable[[Intent, str, Company, Call], Decision | Need]] = {
    Mode.ASKED_REASON: _asked_reason,
    Mode.ASKED_URGENT: _asked_urgent,
    Mode.ASKED_NAME: _asked_name,
    Mode.CONFIRM_CALLER: calling_back.confirm_caller,
    Mode.ASKED_NUMBER: calling_back.asked_number,
    Mode.CONFIRM_NUMBER: calling_back.confirm_number,
}
