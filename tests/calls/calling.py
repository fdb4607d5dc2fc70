"""A call in the middle of its life, and what is decided about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.flow import decide
from clientsvia.calls.reply import Decision
from clientsvia.calls.state import Call, CallState
from tests.conftest import OPEN

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.events import Event
    from clientsvia.companies.company import Company

CALLED = "+12395551212"
CALLER = "+12393334444"


def a_call(now: datetime = OPEN, **state: object) -> Call:
    fields = CallState("demo", int(now.timestamp()), **state)  # type: ignore[arg-type]
    return Call("CA1", fields, CALLED, CALLER, CALLER)


def decided(event: Event, company: Company, call: Call, now: datetime = OPEN) -> Decision:
    decision = decide(event, company, call, now)
    assert isinstance(decision, Decision)
    return decision
