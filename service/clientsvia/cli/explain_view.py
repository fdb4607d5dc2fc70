"""How an explanation looks in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.markup import escape
from rich.table import Table
from rich.text import Text

from clientsvia.admin.explaining import days_of, round_ids
from clientsvia.calls.explain import rung_at_first, rung_if_urgent
from clientsvia.calls.ringing.plan import plan
from clientsvia.companies.clocks import written
from clientsvia.companies.routing import First

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from clientsvia.calls.explain import Explanation
    from clientsvia.calls.reply import Decision
    from clientsvia.calls.ringing.plan import Plan

_STYLES = {True: "green", False: "dim"}


def _in_words(made: Plan) -> str:
    """Who is rung, as in ``erin and sam, then desk``."""
    return ", then ".join(" and ".join(names) for names in round_ids(made)) or "nobody"


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
    for day in days_of(told):
        shifts = ", ".join(map(str, day.shifts)) or "closed"
        table.add_row(f"{day.date:%a %Y-%m-%d}", shifts, day.rule, escape(day.label))
    return table
