"""``clientsvia usage``: what companies use of models and voices, and what that costs."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from clientsvia.admin.usage_report import days_of, month_usage, used_companies
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
    "clientsvia usage --json"
)
_FIGURES = ("requests", "tokens", "out", "chars", "seconds", "discarded", "USD", "cap")


def usage(
    *,
    company: Annotated[str, typer.Option(help="One company alone, by its slug.")] = "",
    month: Annotated[
        str, typer.Option(help="Such as 2026-11; the present one on each company's clock.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,
) -> None:
    """Show what companies used of models and voices in a month, and its estimated cost.

    Figures are at most a few seconds old. What was prepared in vain is the share "discarded".
    """
    found = run(_usage(company, month))
    if as_json:
        write_json([_as_data(used) for used in found])
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
    if not month:
        now = stores.settings.clock_start or datetime.now(UTC)
        zone = ZoneInfo(profile.time_zone) if profile else UTC
        month = month_of(now.astimezone(zone).date())
    return await month_usage(stores.usage, slug, cap, month)


def _print(found: Sequence[MonthUsage]) -> None:
    console = Console(highlight=False)
    for month in sorted({used.month for used in found}):
        console.print(_table(month, [used for used in found if used.month == month]))
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


def _told(notice: Notice) -> str:
    return (
        f"{notice.company}: {notice.percent} % of {notice.cap_usd:.2f} USD were used on "
        f"{notice.at:%Y-%m-%d %H:%M} UTC"
    )


def _as_data(used: MonthUsage) -> dict[str, Any]:
    return {
        "company": used.company,
        "month": used.month,
        "cap_usd": used.cap_usd,
        "cap_share": used.cap_share,
        "total": _counts_data(used.total),
        "models": [
            {"provider": model.provider, "model": model.model, **_counts_data(model.counts)}
            for model in used.models
        ],
        "notices": [
            {"percent": one.percent, "cap_usd": one.cap_usd, "at": one.at} for one in used.notices
        ],
    }


def _counts_data(counts: Counts) -> dict[str, Any]:
    data = {name: value for name, value in asdict(counts).items() if "nano" not in name}
    seconds = data.pop("milliseconds") / 1000
    share = counts.discarded_share
    return {**data, "seconds": seconds, "discarded_share": share, "usd": counts.usd}
