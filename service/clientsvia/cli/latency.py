"""``clientsvia calls latency``: how long callers waited for the service, stage by stage."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from clientsvia.admin.latency_report import Asked, Per, as_data, week_up_to
from clientsvia.calls.log_queries import Span
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import open_existing, run, stored_of
from clientsvia.companies.moments import moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.admin.latency_report import LatencyReport
    from clientsvia.latency.summary import Summary

EPILOG = (
    "Examples: clientsvia calls latency · clientsvia calls latency --company demo "
    "--since 2026-11-01 --per day · clientsvia calls latency --json"
)
_NANOSECONDS_IN_MS = 1_000_000


def latency(
    *,
    company: Annotated[str, typer.Option(help="One company alone, by its slug.")] = "",
    since: Annotated[
        str, typer.Option(help="From this moment on, as 2026-11-30T09:00; a week ago without it.")
    ] = "",
    until: Annotated[str, typer.Option(help="Up to this moment; now without it.")] = "",
    per: Annotated[Per, typer.Option(help="How time is divided.")] = Per.DAY,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,
) -> None:
    """Show how long webhooks took: by stage, by company and over time.

    It is what the service itself took; what Twilio and the caller took is no part of it. Moments
    are on the company's clock, or in UTC for all companies.
    """
    report, zone = run(_report(company, since, until, per))
    if as_json:
        write_json(as_data(report))
    elif report.stages:
        _print(report, zone, per, alone=bool(company))
    else:
        Console().print("No calls in that time. See when there were some with: clientsvia calls")


async def _report(company: str, since: str, until: str, per: Per) -> tuple[LatencyReport, ZoneInfo]:
    async with open_existing() as services:
        zone = ZoneInfo("UTC")
        if company:
            zone = ZoneInfo((await stored_of(services.stores, company)).profile.time_zone)
        now = services.stores.settings.clock_start or datetime.now(UTC)
        end = moment(until, zone, now)
        begin = moment(since, zone, now) if since else week_up_to(end)
        asked = Asked(Span(begin, end), zone, per, company or None)
        return await services.latencies.report(asked), zone


def _print(report: LatencyReport, zone: ZoneInfo, per: Per, *, alone: bool) -> None:
    console = Console(highlight=False)
    console.print(_table("stage", report.stages))
    if not alone:
        console.print(_table("company", report.companies))
    shape = "%Y-%m-%d" if per is Per.DAY else "%Y-%m-%d %H:%M"
    times = {f"{begin:{shape}}": one for begin, one in report.times.items()}
    console.print(_table(f"{per} ({zone.key})", times))
    console.print("Milliseconds; what Twilio and the caller took is no part of them.")


def _table(what: str, rows: Mapping[str, Summary]) -> Table:
    table = Table(what)
    for name in ("webhooks", "p50", "p95", "p99", "longest"):
        table.add_column(name, justify="right")
    for name, one in rows.items():
        figures = (one.p50_ns, one.p95_ns, one.p99_ns, one.max_ns)
        waits = (f"{nanoseconds / _NANOSECONDS_IN_MS:,.2f}" for nanoseconds in figures)
        table.add_row(name, f"{one.n:,}", *waits)
    return table
