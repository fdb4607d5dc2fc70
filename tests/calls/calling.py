"""A call in the middle of its life, and what is decided about it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls.flow import decide
from clientsvia.calls.reply import Decision
from clientsvia.calls.state import Call, CallState
from clientsvia.companies.contacts import KnownCaller
from tests.conftest import OPEN

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.events import Event
    from clientsvia.companies.company import Company

CALLED = "+12395551212"
CALLER = "+12393334444"
JO = KnownCaller(CALLER, "Jo Berg", "prefers mornings", blocked=False)


def a_call(now: datetime = OPEN, **state: object) -> Call:
    fields = CallState("demo", int(now.timestamp()), **state)  # type: ignore[arg-type]
    return Call("CA1", fields, CALLED, CALLER, CALLER)


def decided(event: Event, company: Company, call: Call, now: datetime = OPEN) -> Decision:
    decision = decide(event, company, call, now)
    assert isinstance(decision, Decision)
    return decision


def knowing(company: Company, caller: KnownCaller = JO, *, by_name: bool = True) -> Company:
    """The company, which knows this caller and no other."""
    callers = replace(company.callers, known={caller.number: caller}, greet_by_name=by_name)
    return replace(company, callers=callers)
