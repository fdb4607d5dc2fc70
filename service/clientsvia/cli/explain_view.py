"""How an explanation looks in a terminal, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from clientsvia.calls.explain import rung_at_first, rung_if_urgent
from clientsvia.calls.ringing.plan import plan
from clientsvia.companies.clocks import written
from clientsvia.companies.days import ONE_DAY
from clientsvia.companies.routing import First

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from rich.console import RenderableType

    from clientsvia.calls.explain import Explanation
    from clientsvia.calls.reply import Decision
    from clientsvia.calls.ringing.plan import Plan
    from clientsvia.companies.days import Day
    from clientsvia.companies.duty import Duty
    from clientsvia.companies.routing import Target

_DAYS_AHEAD = 7
_STYLES = {True: "green", False: "dim"}


def as_data(told: Explanation, decision: Decision | None = None) -> dict[str, Any]:
    """An explanation as JSON has it, with what is decided for one caller."""
    status, way = told.route.status, told.route
    caller = {} if decision is None else {"caller": _decision_data(decision)}
    return {
        "company": told.company.slug,
        "number": told.number,
        "at": told.at.isoformat(),
        "account": told.company.account.state,
        "number_active": told.number_active,
        "open": status.open,
        "rule": status.rule,
        "label": status.label,
        "reason": status.reason,
        "changes_at": _iso(status.changes_at),
        "route": way.kind,
        "why": way.why,
        "target": way.target.id if way.target else None,
        "rounds": _ids(rung_at_first(told)),
        "urgent_rounds": _ids(rung_if_urgent(told)),
        "targets": [_target_data(told, target, duty) for target, duty in told.duties],
        "week": [
            {
                "date": day.date.isoformat(),
                "rule": day.rule,
                "label": day.label,
                "hours": [str(shift) for shift in day.shifts],
            }
            for day in _week(told)
        ],
        **caller,
    }


def _decision_data(decision: Decision) -> dict[str, Any]:
    return {
        "said": list(decision.reply.say),
        "next": type(decision.reply.next).__name__,
        "source": decision.source,
        "outcome": decision.outcome,
        "why": decision.why,
    }


def _target_data(told: Explanation, target: Target, duty: Duty) -> dict[str, Any]:
    return {
        "id": target.id,
        "rings": [person.id for person in duty.people],
        "rounds": _ids(plan(told.company, target, told.at)),
        "on_duty": duty.turn.member if duty.turn and duty.turn.member else None,
        "until": _iso(duty.until),
        "why": duty.why,
    }


def _ids(made: Plan | None) -> list[list[str]]:
    """The ids of those who are rung together, round after round."""
    rounds = made.rounds if made is not None else ()
    return [[person.id for person in round_.people] for round_ in rounds]


def _in_words(made: Plan) -> str:
    """Who is rung, as in ``erin and sam, then desk``."""
    return ", then ".join(" and ".join(names) for names in _ids(made)) or "nobody"


def in_full(told: Explanation, decision: Decision | None = None) -> Iterator[RenderableType]:
    """The decision line by line, then who may be rung, then the week from then on."""
    status, company = told.route.status, told.company
    until = written(status.changes_at) if status.changes_at else "further notice"
    yield (
        f"{escape(company.name)} ({company.slug}), {told.at:%a %Y-%m-%d %H:%M %Z}: "
        f"[bold]{'open' if status.open else 'closed'}[/] until {until}"
    )
    yield f"account: {company.account.state}, the number is {_in_service(told)}"
    yield f"rule:    {status.rule} ({escape(status.reason)})"
    yield f"first:   {_first(told)}"
    yield f"call:    [bold]{told.route.kind}[/] ({escape(told.route.why)})"
    for name, made in (("rings", rung_at_first(told)), ("urgent", rung_if_urgent(told))):
        if made is not None:
            yield f"{f'{name}:':8} {_in_words(made)}"
    if decision is not None:
        said = " ".join(decision.reply.say)
        yield f"caller:  [bold]{decision.outcome}[/] ({escape(decision.why)})"
        yield f"hears:   “{escape(said)}”"
    if told.duties:
        yield _targets(told)
    yield _days(told)


def _in_service(told: Explanation) -> str:
    return "in service" if told.number_active else "switched off"


def _first(told: Explanation) -> str:
    """Who takes calls first while open, and what the policy is while closed."""
    company = told.company
    if not told.route.status.open:
        rings = f" to {company.after_hours.target}" if company.after_hours.target else ""
        return f"after hours: {company.after_hours.policy}{rings}"
    if company.routing.first is First.STAFF:
        return f"{company.routing.staff} rings for {company.routing.staff_seconds} s"
    return "the agent answers"


def _targets(told: Explanation) -> Table:
    table = Table("target", "rings now", "until", "why")
    for target, duty in told.duties:
        made = plan(told.company, target, told.at)
        table.add_row(
            target.id,
            Text(_in_words(made), _STYLES[bool(made.rounds)]),
            written(duty.until) if duty.until else "",
            Text(duty.why),
        )
    return table


def _days(told: Explanation) -> Table:
    table = Table("day", "hours", "rule", "label")
    for day in _week(told):
        shifts = ", ".join(map(str, day.shifts)) or "closed"
        table.add_row(f"{day.date:%a %Y-%m-%d}", shifts, day.rule, escape(day.label))
    return table


def _week(told: Explanation) -> list[Day]:
    calendar, first = told.company.hours.calendar, told.at.date()
    return [calendar.day(first + number * ONE_DAY) for number in range(_DAYS_AHEAD)]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
