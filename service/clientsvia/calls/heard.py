"""What the caller's words lead to, given what was last offered or asked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import offers, sentences
from clientsvia.calls.corrections import corrected
from clientsvia.calls.intents import Intent, intent_of
from clientsvia.calls.limits import over_limits
from clientsvia.calls.offers import OFFERED
from clientsvia.calls.reply import AskResponder, Decision, Need, Recall, RecallQuestion
from clientsvia.calls.replying import hang_up, listen, stay
from clientsvia.calls.ringing import transfer
from clientsvia.calls.route import someone
from clientsvia.calls.state import TAKING, Mode
from clientsvia.calls.taking import message, request, taking
from clientsvia.calls.taking.asking_again import again
from clientsvia.calls.taking.message_words import wants_recording
from clientsvia.calls.targets import asked_for, wanted_target
from clientsvia.calls.urgent import is_danger, not_urgent, urgent

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from clientsvia.calls.events import Heard
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company

LOW_CONFIDENCE = 0.4  # below it recognisers are wrong more often than right
UNCLEAR_AT_MOST = 2  # then what was heard is taken as it is: asking forever is worse


def heard(event: Heard, company: Company, call: Call, now: datetime) -> Decision | Need:
    """What to do about words: what is urgent goes first, then words nobody can be sure of."""
    intent = intent_of(event.text)
    danger = is_danger(event.text, intent)
    rung = urgent(event.text, intent, company, call, now, danger=danger)
    if rung is not None:
        return rung
    if danger:
        return _emergency(company, call, now)
    why = _doubt(event, intent)
    if why and call.state.unclear < UNCLEAR_AT_MOST:
        state = replace(call.state, unclear=call.state.unclear + 1)
        return stay(sentences.DID_NOT_CATCH, state, "unclear", why)
    if call.state.mode is Mode.URGENT_OR_MESSAGE:
        return not_urgent(company, call, event.text, intent)
    if call.state.mode in TAKING and (why or not taking.is_aside(intent, event.text)):
        return taking.heard(intent, event.text, company, call, doubt=why)
    if call.state.mode in OFFERED:
        intent = offers.meant(event.text, intent, call.state.mode)
    return _RULES.get(intent, _courtesy)(intent, event.text, company, call, now)


def _doubt(event: Heard, intent: Intent) -> str:
    """Why the words may be wrong, if they may; Twilio's 0 means that it gave no confidence."""
    if 0 < (event.confidence or 0) < LOW_CONFIDENCE:
        return f"confidence {event.confidence} is below {LOW_CONFIDENCE}"
    return "no words were heard" if intent is Intent.UNCLEAR else ""


def _emergency(company: Company, call: Call, now: datetime) -> Decision:
    why = "the caller speaks of an emergency"
    if over_limits(company, call.state, now):
        return hang_up(call, (sentences.emergency(company),), "emergency", why, "")
    return listen(call, (sentences.emergency(company),), "emergency", why)


def _person(_intent: Intent, text: str, company: Company, call: Call, now: datetime) -> Decision:
    return transfer.to_somebody(company, call, wanted_target(text, company), now)


def _message(
    _intent: Intent, text: str, company: Company, call: Call, _now: datetime
) -> Decision | Need:
    if wants_recording(text):
        why = "the caller would rather record the message"
        return message.take(company, call, (), source="caller", why=why)
    return request.accept(company, call, "the caller leaves a message")


def _nature(_intent: Intent, _text: str, company: Company, call: Call, now: datetime) -> Decision:
    mode = call.state.mode
    say = sentences.nature(company, person=someone(company, now) is not None)
    following = offers.AGAIN.get(mode) or again(call) or sentences.HELP
    why = "the caller asked who answers"
    return listen(call, (say, following), "nature", why, mode=_kept(mode))


def _again(_intent: Intent, _text: str, _company: Company, _call: Call, _now: datetime) -> Need:
    return Recall()


def _wait(_intent: Intent, _text: str, _company: Company, call: Call, _now: datetime) -> Decision:
    say, state = (sentences.TAKE_YOUR_TIME,), call.state
    why = "the caller asked for a moment"
    return listen(call, say, "courtesy", why, mode=state.mode, unclear=state.unclear)


def _goodbye(
    _intent: Intent, _text: str, _company: Company, call: Call, _now: datetime
) -> Decision:
    return hang_up(call, (sentences.GOODBYE,), "goodbye", "the caller said goodbye", "")


def _unclear(_intent: Intent, _text: str, company: Company, call: Call, now: datetime) -> Decision:
    why = "the words answer nothing that was asked"
    if call.state.mode in OFFERED:
        return offers.ask_again(company, call, why)
    return offers.offer(company, call, now, why)


def _question(
    _intent: Intent, text: str, company: Company, call: Call, now: datetime
) -> Decision | Need:
    """A question goes to the responder, unless it is for somebody by name."""
    target = asked_for(text, company, offered=call.state.mode in OFFERED)
    if target is not None:
        return transfer.to_somebody(company, call, target, now)
    meant = corrected(text)
    return RecallQuestion(meant) if meant else AskResponder(text)


def _courtesy(
    intent: Intent, _text: str, _company: Company, call: Call, _now: datetime
) -> Decision:
    """Words that ask nothing: yes, no, okay, thanks and hello outside an offer, no after one."""
    mode = call.state.mode
    if mode is Mode.ASKED_MORE and intent in (Intent.NO, Intent.THANKS):
        return hang_up(call, (sentences.GOODBYE,), "goodbye", "the caller needs nothing else", "")
    if intent is Intent.HELLO:
        return listen(call, (sentences.HELLO,), "courtesy", "the caller said hello")
    if mode not in OFFERED and (call.state.turn <= 1 or mode is Mode.ASKED_MORE):
        return listen(call, (sentences.HELP,), "courtesy", "the caller has asked nothing yet")
    why = "the caller declined the offer" if mode in OFFERED else "the caller asked nothing"
    return listen(call, (sentences.ANYTHING_ELSE,), "courtesy", why, mode=Mode.ASKED_MORE)


def _kept(mode: Mode) -> Mode:
    """An offer stands until it is answered; whatever else was asked does not."""
    return mode if mode in OFFERED or mode in TAKING else Mode.LISTENING


_RULES: dict[Intent, Callable[[Intent, str, Company, Call, datetime], Decision | Need]] = {
    Intent.PERSON: _person,
    Intent.MESSAGE: _message,
    Intent.NATURE: _nature,
    Intent.REPEAT: _again,
    Intent.WAIT: _wait,
    Intent.GOODBYE: _goodbye,
    Intent.UNCLEAR: _unclear,
    Intent.QUESTION: _question,
}
