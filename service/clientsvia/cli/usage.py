"""``clientsvia usage``: what companies use of models and voices, and what that costs."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from clientsvia.admin.usage_csv import usage_csv
from clientsvia.admin.usage_report import (
    as_data,
    days_of,
    month_usage,
    used_companies,
    with_calls,
)
from clientsvia.calls.money.spending import month_of
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import open_stores, run
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.usage_report import MonthUsage
    from clientsvia.calls.money.usage import Counts, Notice
    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.wiring import Stores

EPILOG = (
    "Examples: clientsvia usage · clientsvia usage --company demo --month 2026-11 · "
    "clientsvia usage --month 2026-10 --csv · clientsvia usage --json"
)
_FIGURES = ("requests", "tokens", "out", "chars", "seconds", "discarded", "USD", "cap")


def usage(
    *,
    company: Annotated[str, typer.Option(help="One company alone, by its slug.")] = "",
    month: Annotated[
        str, typer.Option(help="Such as 2026-11; the present one on each company's clock.")
    ] = "",
    as_csv: Annotated[
        bool, typer.Option("--csv", help="Print a table by day and model, for a spreadsheet.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,
) -> None:
    """Show calls and minutes, what they used of models and voices, and its estimated cost.

    Figures are at most a few seconds old. What was prepared in vain is the share "discarded".
    """
    found = run(_usage(company, month))
    if as_csv:
        sys.stdout.write(usage_csv(found))
    elif as_json:
        write_json([as_data(used) for used in found])
    else:
        _print(found)


async def _usage(slug: str, month: str) -> Sequence[MonthUsage]:
    if month:
        days_of(month)
    async with open_stores() as stores:
        profiles = {item.profile.slug: item.profile for item in await stores.companies.all()}
        gone = await used_companies(stores.usage, month) if month else []
        slugs = [one for one in sorted({*profiles, *gone}) if slug in {"", one}]
        if slug and not slugs:
            raise InvalidInput(f"no company is called {slug!r}: see 'clientsvia company list'")
        return [await _of(stores, profiles.get(one), one, month) for one in slugs]


async def _of(stores: Stores, profile: CompanyProfile | None, slug: str, month: str) -> MonthUsage:
    cap = profile.spend.monthly_usd if profile else 0.0
    zone = ZoneInfo(profile.time_zone if profile else "UTC")
    if not month:
        now = stores.settings.clock_start or datetime.now(UTC)
        month = month_of(now.astimezone(zone).date())
    used = await month_usage(stores.usage, slug, cap, month)
    return await with_calls(used, stores.call_log, zone)


def _print(found: Sequence[MonthUsage]) -> None:
    console = Console(highlight=False)
    for month in sorted({used.month for used in found}):
        console.print(_table(month, [used for used in found if used.month == month]))
    for used in found:
        if used.calls.calls:
            console.print(_phoned(used), soft_wrap=True)
    for used in found:
        for notice in used.notices:
            console.print(_told(notice), soft_wrap=True)


def _table(month: str, found: Sequence[MonthUsage]) -> Table:
    table = Table("company", "model", title=f"Usage in {month}")
    for name in _FIGURES:
        table.add_column(name, justify="right")
    for used in found:
        company = used.company
        for model in used.models:
            table.add_row(company, model.model, *_figures(model.counts), "")
            company = ""
        share = used.cap_share
        cap = "" if share is None else f"{share:.0%} of {used.cap_usd:.2f}"
        table.add_row(company, "all", *_figures(used.total), cap, end_section=True)
    return table


def _figures(counts: Counts) -> tuple[str, ...]:
    numbers = (counts.requests, counts.input_tokens, counts.output_tokens, counts.characters)
    return (
        *(f"{number:,}" for number in numbers),
        f"{counts.milliseconds / 1000:,.1f}",
        f"{counts.discarded_share:.0%}",
        f"{counts.usd:,.4f}",
    )


def _phoned(used: MonthUsage) -> str:
    calls, minutes = used.calls.calls, used.calls.seconds / 60
    return f"{used.company}: {calls:,} {'call' if calls == 1 else 'calls'}, {minutes:,.1f} minutes"


def _told(notice: Notice) -> str:
    return (
        f"{notice.company}: {notice.percent} % of {notice.cap_usd:.2f} USD were used on "
        f"{notice.at:%Y-%m-%d %H:%M} UTC"
    )
