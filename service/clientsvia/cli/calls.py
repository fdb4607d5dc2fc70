"""``clientsvia calls``: who called, and how each call went."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from clientsvia.admin.call_view import as_data, call_view, view_of
from clientsvia.admin.calls_now import live_since
from clientsvia.calls.log_queries import CallFilter, Place
from clientsvia.cli import calls_view, latency, replay
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import company_now, open_stores, run
from clientsvia.companies.moments import moment
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from clientsvia.admin.call_view import CallView
    from clientsvia.calls.ports import LoggedCall

app = typer.Typer(
    help="Show the calls that came in, or one of them in full.",
    epilog="Examples: clientsvia calls · clientsvia calls --company demo --limit 10 · "
    "clientsvia calls --text 'kitchen tap' --since 2026-11-01 · clientsvia calls --live · "
    "clientsvia calls show CA0123… · clientsvia calls --json",
)

Company = Annotated[str, typer.Option(help="The calls of one company, by its slug.")]
Limit = Annotated[int, typer.Option(min=1, help="How many calls to show.")]
Numbers = Annotated[bool, typer.Option("--numbers", help="Show callers' numbers in full.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]
Outcome = Annotated[str, typer.Option(help="How they ended, such as message or unanswered.")]
Since = Annotated[str, typer.Option(help="Began at this moment or later, as 2026-11-30T09:00.")]
Until = Annotated[str, typer.Option(help="Began before this moment; both in UTC.")]
Caller = Annotated[str, typer.Option(help="Calls from this number, as +12395550123.")]
Words = Annotated[str, typer.Option("--text", help="Words that were said in one turn.")]
Live = Annotated[bool, typer.Option("--live", help="Calls that are under way.")]
Recorded = Annotated[
    bool | None, typer.Option("--recorded/--not-recorded", help="With a recording, or without.")
]
Before = Annotated[str, typer.Option(help="Go on after the call with this `place` of --json.")]


@app.callback(invoke_without_command=True)
def calls(  # noqa: PLR0913 - an option each
    context: typer.Context,
    *,
    company: Company = "",
    outcome: Outcome = "",
    since: Since = "",
    until: Until = "",
    caller: Caller = "",
    text: Words = "",
    live: Live = False,
    recorded: Recorded = None,
    before: Before = "",
    limit: Limit = 20,
    numbers: Numbers = False,
    as_json: AsJson = False,
) -> None:
    """Show the calls that came in, newest first."""
    if context.invoked_subcommand is not None:
        return
    wanted = CallFilter(
        company or None,
        outcome=outcome,
        since=_moment(since),
        until=_moment(until),
        caller=caller.replace(" ", "") or None,
        text=text,
        live=live_since(datetime.now(UTC)) if live else None,
        recorded=recorded,
    )
    found = run(_newest(wanted, Place.read(before) if before else None, limit))
    if as_json:
        write_json([as_data(view_of(call), numbers=numbers) for call in found])
    elif found:
        Console().print(calls_view.overview(found, numbers=numbers))
    else:
        Console().print(_nothing(wanted, before))


def _moment(text: str) -> datetime | None:
    return moment(text, ZoneInfo("UTC"), datetime.now(UTC)) if text else None


def _nothing(wanted: CallFilter, before: str) -> str:
    if before:
        return "No more calls."
    if wanted == CallFilter():
        return "No calls yet. Place one with: clientsvia call"
    if wanted == CallFilter(wanted.company):
        return f"No calls of company {wanted.company}. See all of them with: clientsvia calls"
    return "No such calls. Leave an option away to find more, or see all with: clientsvia calls"


@app.command(epilog="Example: clientsvia calls show CA00000000000000000000000000000001 --numbers")
def show(
    sid: Annotated[str, typer.Argument(help="The call's SID, as `clientsvia calls` shows it.")],
    *,
    company: Company = "",
    limit: Annotated[int, typer.Option(min=1, help="How many turns and entries to show.")] = 500,
    numbers: Numbers = False,
    as_json: AsJson = False,
) -> None:
    """Show what was said on a call, from what it was answered, and how long each stage took."""
    view = run(_one(sid, company or None, limit))
    if as_json:
        write_json(as_data(view, numbers=numbers))
        return
    console = Console()
    for part in calls_view.in_full(view, numbers=numbers):
        console.print(part)


app.command(epilog=replay.EPILOG)(replay.replay)
app.command(epilog=latency.EPILOG)(latency.latency)


async def _newest(wanted: CallFilter, before: Place | None, limit: int) -> list[LoggedCall]:
    async with open_stores() as stores:
        log = stores.call_log
        listed = await log.calls(wanted, before=before, limit=limit)
        return [await log.call(call.call_sid, company=call.company) or call for call in listed]


async def _one(sid: str, company: str | None, limit: int) -> CallView:
    async with open_stores() as stores:
        view = await call_view(
            stores.call_log,
            stores.messages,
            lambda slug: company_now(stores, slug),
            sid,
            company=company,
            limit=limit,
        )
    if view is None:
        whose = f" of company {company}" if company else ""
        raise InvalidInput(
            f"no call{whose} has the SID {sid}: list those that are known with `clientsvia calls`"
        )
    return view
