"""What callers get before any routing, by who they are: memory alone, no model and nobody rung."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.replying import hang_up
from clientsvia.calls.taking import message
from clientsvia.companies.contacts import CallerPolicy
from clientsvia.telephony.numbers import caller_kind

if TYPE_CHECKING:
    from clientsvia.calls.events import Ringing
    from clientsvia.calls.reply import Decision
    from clientsvia.calls.state import Call
    from clientsvia.companies.company import Company
    from clientsvia.companies.contacts import KnownCaller

_HIDDEN = frozenset({"anonymous", "restricted", "unavailable", "unknown"})


def hides(raw: str) -> bool:
    """Whether what stands in the number's place tells that it is hidden, or that there is none."""
    return caller_kind(raw) in _HIDDEN


def screened(event: Ringing, company: Company, call: Call) -> Decision | None:
    """What a call gets for who places it; None where it goes on like any other."""
    known = company.callers.known.get(call.caller)
    if known is not None and known.blocked:
        return hang_up(call, (sentences.BLOCKED,), "blocked", "the caller is blocked", "blocked")
    if event.anonymous and company.callers.anonymous is not CallerPolicy.ANSWER:
        policy, why = company.callers.anonymous, "the caller hides the number"
        said = sentences.HIDDEN_REFUSED, sentences.HIDDEN_MESSAGE
    elif event.unverified and company.callers.unverified is not CallerPolicy.ANSWER:
        policy, why = company.callers.unverified, "the number is not the caller's (STIR/SHAKEN)"
        said = sentences.UNVERIFIED_REFUSED, sentences.UNVERIFIED_MESSAGE
    else:
        return None
    if policy is CallerPolicy.REFUSE:
        return hang_up(call, said[:1], "screening", why, "refused")
    opening = (*sentences.thanks(company), said[1])
    return message.take(company, call, opening, source="screening", why=why)


def judged(event: Ringing, call: Call) -> Call:
    """The call with what the network found of its number, for the webhooks to come."""
    return replace(call, state=replace(call.state, unverified=True)) if event.unverified else call


def known_caller(company: Company, call: Call) -> KnownCaller | None:
    """Who calls, where the company knows the number and nobody has found it to be feigned."""
    return None if call.state.unverified else company.callers.known.get(call.caller)


def welcome(company: Company, call: Call) -> tuple[str, ...]:
    """What a caller hears first where the agent answers."""
    return (*_hello(company, call), *sentences.opening(company))


def closed(company: Company, call: Call) -> tuple[str, ...]:
    """What a caller hears first while the company is closed."""
    return (*_hello(company, call), *sentences.closed_opening(company))


def passed_on(company: Company, call: Call) -> tuple[str, ...]:
    """What a caller hears first where every call is passed on, at any hour."""
    return (*_hello(company, call), *sentences.thanks(company))


def _hello(company: Company, call: Call) -> tuple[str, ...]:
    """A known caller by name, where the company wants that."""
    if not company.callers.greet_by_name:
        return ()
    known = known_caller(company, call)
    return (sentences.hello(known.name),) if known is not None and known.name else ()
