"""What goes before everything else: calls that cannot wait, whatever the hour."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.effects import UrgentCall
from clientsvia.calls.intents import EMERGENCY, Intent
from clientsvia.calls.reply import Connect, Decision
from clientsvia.calls.replying import hang_up, listen
from clientsvia.calls.ringing import transfer
from clientsvia.calls.ringing.transfer import Errand
from clientsvia.calls.state import Mode, Purpose
from clientsvia.calls.taking import message
from clientsvia.calls.urgent_phrases import urgent_phrase
from clientsvia.calls.wishes import NEGATIONS, wished_at
from clientsvia.calls.words import padded, phrases, words

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company

WORDS_LENGTH = 300  # characters of what the caller said that the owner is told at once
DANGER = (
    "gas smell", "gas odor", "gas odour", "gas leak", "smell propane", "propane leak",
    "carbon monoxide poisoning", "carbon monoxide alarm going off",
    "carbon monoxide detector going off", "carbon monoxide alarm beeping",
    "carbon monoxide detector beeping", "house fire", "kitchen fire", "electrical fire",
    "caught fire", "catching fire", "flames coming", "badly hurt", "seriously hurt",
    "badly injured", "seriously injured", "bleeding badly", "bleeding heavily",
    "is unconscious", "trouble breathing", "cant breathe",
)  # fmt: skip
"""Gas, carbon monoxide, fire and injury, told in other words than those of Intent.EMERGENCY."""
CRIES = frozenset(
    phrases("fire, fire fire, help fire, theres a fire, there is a fire, theres fire")
)
"""Nothing else is said: "there's a fire inspection on Monday" is no danger."""
_SIGNS = (
    "gas", "propane", "monoxide", "fire", "flame", "hurt", "injur", "bleed", "unconscious", "breath"
)  # fmt: skip
SAYS_SO = frozenset({"urgent", "emergency", "urgently", "yes", "yeah"})
"""An answer to whether it is urgent."""


def urgent(
    text: str, intent: Intent, company: Company, call: Call, now: datetime, *, danger: bool
) -> Decision | None:
    """Ring whoever is there for urgent calls, or take an urgent message; None if it is not urgent.

    Where there may be ``danger`` the caller hears first whom to call instead. A call is rung
    through once: who comes back from that tells more, or leaves a message.
    """
    if call.state.urgent:
        return None
    there = danger and not (intent is Intent.EMERGENCY and _denied(text))
    reason = _reason(text, company, call, danger=there)
    if not reason:
        return None
    call = replace(call, state=replace(call.state, urgent=True))
    opening = (sentences.emergency(company),) if danger else ()
    decision = _rung_or_noted(company, call, now, opening, f"urgent: {reason}")
    rung = decision.reply.state.target if isinstance(decision.reply.next, Connect) else ""
    effect = UrgentCall(text[:WORDS_LENGTH], rung)
    return replace(decision, effects=(*decision.effects, effect))


def is_danger(text: str, intent: Intent) -> bool:
    """Whether somebody may be in danger, hence has to hear first whom to call.

    PERF: 2 us where no word is a sign of it, as in most turns; a search takes 40 us.
    """
    if intent is Intent.EMERGENCY:
        return True
    lower = text.lower()
    if not any(map(lower.__contains__, _SIGNS)):
        return False
    return padded(words(text)) in CRIES or bool(urgent_phrase(text, DANGER))


def offer(call: Call, closed: tuple[str, ...], why: str) -> Decision:
    """Who hears that the company is ``closed`` may still say that it is urgent."""
    say, mode = (*closed, sentences.URGENT_OR_MESSAGE), Mode.URGENT_OR_MESSAGE
    return listen(call, say, "hours", why, mode=mode, outcome="message_asked")


def not_urgent(
    company: Company, call: Call, text: str = "", intent: Intent = Intent.UNCLEAR
) -> Decision:
    """Take the message, as was said; the caller's words so far are part of it."""
    if intent is Intent.GOODBYE:
        return hang_up(call, (sentences.GOODBYE,), "goodbye", "the caller said goodbye", "")
    why = "the caller told of nothing urgent; after hours a message is taken"
    decision = message.take(company, call, (), source="hours", why=why)
    if intent is not Intent.QUESTION:
        return decision
    return replace(decision, effects=(message.about(call, text),))


def _reason(text: str, company: Company, call: Call, *, danger: bool) -> str:
    """Why a call is urgent: a phrase of the company's, an emergency, or the caller's word."""
    phrase = urgent_phrase(text, company.urgent.phrases)
    if phrase:
        return f"the caller speaks of {phrase!r}"
    if danger and (company.urgent.phrases or company.urgent.target):
        return "the caller speaks of an emergency"
    said = frozenset(words(text))
    asked = call.state.mode is Mode.URGENT_OR_MESSAGE
    if asked and said & SAYS_SO and NEGATIONS.isdisjoint(said):
        return "the caller says so"
    return ""


def _denied(text: str) -> bool:
    """Whether the emergency is one there is not: "I don't smell gas"."""
    spoken = words(text)
    return wished_at(EMERGENCY, padded(spoken), frozenset(spoken)) < 0


def _rung_or_noted(
    company: Company, call: Call, now: datetime, opening: tuple[str, ...], why: str
) -> Decision:
    target = company.target(company.urgent.target)
    if target is None:
        say = (*opening, sentences.URGENT_MESSAGE)
        return message.take(company, call, say, source="urgent", why=f"{why}; nobody is to be rung")
    errand = Errand(target, Purpose.URGENT, why)
    return transfer.ring(company, call, errand, now, opening, otherwise=(sentences.URGENT_MESSAGE,))
