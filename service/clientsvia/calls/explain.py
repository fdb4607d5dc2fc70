"""Why a call goes where it goes, or where it would go at any other moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import TYPE_CHECKING

from clientsvia.calls.events import Ringing
from clientsvia.calls.flow import decide
from clientsvia.calls.reply import Decision
from clientsvia.calls.ringing.plan import Situation, plan
from clientsvia.calls.route import RouteKind, route
from clientsvia.calls.screening import hides
from clientsvia.calls.state import Call, CallState
from clientsvia.companies.duty import on_duty
from clientsvia.companies.routing import First
from clientsvia.companies.value import value
from clientsvia.errors import InvalidNumber
from clientsvia.telephony.numbers import normalize

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.ringing.plan import Plan
    from clientsvia.calls.route import Route
    from clientsvia.companies.company import Company
    from clientsvia.companies.duty import Duty
    from clientsvia.companies.routing import Target


ANYTIME = Situation(anytime=True)
"""For those the owner has named somebody for: hours do not stop it."""


@value(frozen=True, slots=True)
class Explanation:
    """What a call to ``number`` gets ``at`` a moment on the company's clock, and why.

    ``duties`` tell of each target whether it may be rung then, who of it and why.
    """

    company: Company
    number: str
    at: datetime
    number_active: bool
    route: Route
    duties: tuple[tuple[Target, Duty], ...]


def explain(company: Company, number: str, now: datetime) -> Explanation:
    """Where a call to one of the company's numbers goes at an aware moment.

    It takes the way of a call that rings: the same ``route`` and the same ``on_duty``. Costs under
    20 µs while the hours of that year are compiled.
    """
    # PERF: every comparison of a moment in another zone than UTC takes 0.5 µs more.
    moment = now.astimezone(UTC)
    active = number not in company.inactive_numbers
    way = route(company, moment, number_active=active)
    duties = tuple([(target, on_duty(company, target, moment)) for target in company.targets])
    return Explanation(company, number, company.hours.local(moment), active, way, duties)


def rung_at_first(told: Explanation) -> Plan | None:
    """Whom the call rings before anybody has spoken; None where it rings nobody."""
    company, way = told.company, told.route
    if way.kind is RouteKind.FORWARD and way.target is not None:
        return plan(company, way.target, told.at, ANYTIME)
    staff = company.target(company.routing.staff) if company.routing.first is First.STAFF else None
    if way.kind is RouteKind.ANSWER and way.status.open and staff is not None:
        found = plan(company, staff, told.at)
        return replace(found, rounds=found.rounds[:1])
    return None


def rung_if_urgent(told: Explanation) -> Plan | None:
    """Whom an urgent call rings then; None where it rings nobody, or is not listened to."""
    urgent, kind = told.company.urgent, told.route.kind
    target = told.company.target(urgent.target)
    listens = kind is RouteKind.ANSWER or (kind is RouteKind.MESSAGE and urgent.phrases)
    return plan(told.company, target, told.at, ANYTIME) if target and listens else None


def decided_for(
    company: Company, number: str, now: datetime, caller: str, *, unverified: bool = False
) -> Decision:
    """What a call gets from ``caller``, a number in any spelling or a word such as ``anonymous``.

    It is the flow's own decision, with nobody else on the line.
    """
    event = Ringing(
        number_active=number not in company.inactive_numbers,
        anonymous=hides(caller),
        unverified=unverified,
    )
    state = CallState(company.slug, int(now.timestamp()))
    call = called_by(company, number, caller, "explained", state)
    decision = decide(event, company, call, now)
    if not isinstance(decision, Decision):
        raise TypeError(f"a ringing call needs {decision!r}: the flow must decide at once")
    return decision


def called_by(company: Company, number: str, caller: str, sid: str, state: CallState) -> Call:
    """A call to one of the company's numbers from ``caller``, in any spelling or as a word."""
    shown, valid = (_e164(caller, company, possible=possible) for possible in (True, False))
    return Call(sid, state, number, valid or None, shown)


def _e164(raw: str, company: Company, *, possible: bool) -> str:
    try:
        return normalize(raw, company.region, possible=possible)
    except InvalidNumber:
        return ""
