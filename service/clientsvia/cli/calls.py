"""``clientsvia calls``: who called, and how each call went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from clientsvia.calls.log_queries import CallFilter
from clientsvia.cli import calls_view, replay
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import open_stores, run
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from clientsvia.calls.ports import LoggedCall

app = typer.Typer(
    help="Show the calls that came in, or one of them in full.",
    epilog="Examples: clientsvia calls · clientsvia calls --company demo --limit 10 · "
    "clientsvia calls show CA0123… · clientsvia calls --json",
)

Company = Annotated[str, typer.Option(help="The calls of one company, by its slug.")]
Limit = Annotated[int, typer.Option(min=1, help="How many calls to show.")]
Numbers = Annotated[bool, typer.Option("--numbers", help="Show callers' numbers in full.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]


@app.callback(invoke_without_command=True)
def calls(
    context: typer.Context,
    *,
    company: Company = "",
    limit: Limit = 20,
    numbers: Numbers = False,
    as_json: AsJson = False,
) -> None:
    """Show the calls that came in, newest first."""
    if context.invoked_subcommand is not None:
        return
    found = run(_newest(company or None, limit))
    if as_json:
        write_json([calls_view.as_data(call, numbers=numbers) for call in found])
    elif found:
        Console().print(calls_view.overview(found, numbers=numbers))
    elif company:
        Console().print(f"No calls of company {company}. See all of them with: clientsvia calls")
    else:
        Console().print("No calls yet. Place one with: clientsvia call")


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
    call = calls_view.cut(run(_one(sid, company or None)), limit)
    if as_json:
        write_json(calls_view.as_data(call, numbers=numbers))
        return
    console = Console()
    for part in calls_view.in_full(call, numbers=numbers):
        console.print(part)


app.command(epilog=replay.EPILOG)(replay.replay)


async def _newest(company: str | None, limit: int) -> list[LoggedCall]:
    async with open_stores() as stores:
        log = stores.call_log
        listed = await log.calls(CallFilter(company), limit=limit)
        return [await log.call(call.call_sid, company=call.company) or call for call in listed]


async def _one(sid: str, company: str | None) -> LoggedCall:
    async with open_stores() as stores:
        call = await stores.call_log.call(sid, company=company)
    if call is None:
        whose = f" of company {company}" if company else ""
        raise InvalidInput(
            f"no call{whose} has the SID {sid}: list those that are known with `clientsvia calls`"
        )
    return call
