"""``clientsvia hours``: why a company is open or closed at any moment."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from clientsvia.calls.route import Route, route
from clientsvia.cli.session import open_stores, run
from clientsvia.companies.days import ONE_DAY
from clientsvia.companies.snapshot import compile_company
from clientsvia.errors import InvalidInput
from clientsvia.telephony.numbers import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.companies.company import Company
    from clientsvia.companies.days import Day

app = typer.Typer(help="Why a company is open or closed.", no_args_is_help=True)

_DAYS_AHEAD = 7


@app.callback()
def _group() -> None:
    """Why a company is open or closed."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a call to a number gets at a moment, and the week from then on."""

    company: Company
    number: str
    at: datetime
    route: Route
    week: Sequence[Day]


@app.command(
    epilog="Examples: clientsvia hours explain +12395551212 · "
    "clientsvia hours explain +12395551212 --at 2026-12-24T18:30"
)
def explain(
    number: Annotated[str, typer.Argument(help="The number that is called.")],
    at: Annotated[
        str, typer.Option(help="ISO 8601; on the company's clock without offset. Now by default.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,  # noqa: FBT002 - typer's flags are booleans
) -> None:
    """Tell what a call to NUMBER gets at a moment, which rule decides, and until when."""
    explanation = run(_explain(normalize(number, possible=True), at))
    if as_json:
        sys.stdout.write(
            orjson.dumps(_as_data(explanation), option=orjson.OPT_INDENT_2).decode() + "\n"
        )
    else:
        _print(explanation)


async def _explain(number: str, at: str) -> Explanation:
    async with open_stores() as stores:
        slug = await stores.companies.owner_of(number)
        stored = await stores.companies.get(slug) if slug else None
    if stored is None:
        raise InvalidInput(f"{number} belongs to no company: see 'clientsvia company list'")
    moment = _moment(at, ZoneInfo(stored.profile.time_zone))
    company = compile_company(stored, moment)
    return Explanation(
        company,
        number,
        moment,
        route(company, moment, number_active=number not in company.inactive_numbers),
        [company.hours.calendar.day(moment.date() + n * ONE_DAY) for n in range(_DAYS_AHEAD)],
    )


def _moment(text: str, zone: ZoneInfo) -> datetime:
    if not text:
        return datetime.now(zone)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"{text!r} is no moment: write it as 2026-12-24T18:30") from None
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def _as_data(explanation: Explanation) -> dict[str, Any]:
    status, target = explanation.route.status, explanation.route.target
    return {
        "company": explanation.company.slug,
        "number": explanation.number,
        "at": explanation.at.isoformat(),
        "open": status.open,
        "rule": status.rule,
        "reason": status.reason,
        "changes_at": status.changes_at.isoformat() if status.changes_at else None,
        "route": explanation.route.kind,
        "why": explanation.route.why,
        "target": target.id if target else None,
        "week": [
            {
                "date": day.date.isoformat(),
                "rule": day.rule,
                "label": day.label,
                "hours": [str(shift) for shift in day.shifts],
            }
            for day in explanation.week
        ],
    }


def _print(explanation: Explanation) -> None:
    status, company = explanation.route.status, explanation.company
    until = f"{status.changes_at:%a %Y-%m-%d %H:%M}" if status.changes_at else "further notice"
    console = Console(highlight=False, soft_wrap=True)
    console.print(
        f"{escape(company.name)} ({company.slug}), {explanation.at:%a %Y-%m-%d %H:%M %Z}: "
        f"[bold]{'open' if status.open else 'closed'}[/] until {until}",
        f"rule:  {status.rule} ({escape(status.reason)})",
        f"call:  {explanation.route.kind} ({escape(explanation.route.why)})",
        sep="\n",
    )
    table = Table("day", "hours", "rule", "label")
    for day in explanation.week:
        shifts = ", ".join(map(str, day.shifts)) or "closed"
        table.add_row(f"{day.date:%a %Y-%m-%d}", shifts, day.rule, escape(day.label))
    console.print(table)
