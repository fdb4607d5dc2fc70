"""``clientsvia hours``: why a company is open or closed at any moment, and doing so by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from rich.console import Console

from clientsvia.admin.explaining import as_data
from clientsvia.calls.explain import Explanation, decided_for
from clientsvia.calls.explain import explain as explained
from clientsvia.cli import override
from clientsvia.cli.explain_view import in_full
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import open_stores, run
from clientsvia.companies.moments import moment
from clientsvia.companies.snapshot import compile_company
from clientsvia.errors import InvalidInput
from clientsvia.telephony.numbers import normalize

app = typer.Typer(help="Why a company is open or closed, and by hand.", no_args_is_help=True)
app.command("override", epilog=override.EPILOG)(override.override)


@app.command(
    epilog="Examples: clientsvia hours explain +12395551212 · "
    "clientsvia hours explain +12395551212 --at 2026-12-24T18:30 · "
    "clientsvia hours explain +12395551212 --caller anonymous"
)
def explain(
    number: Annotated[str, typer.Argument(help="The number that is called.")],
    at: Annotated[
        str, typer.Option(help="ISO 8601; on the company's clock without offset. Now by default.")
    ] = "",
    caller: Annotated[
        str, typer.Option(help="Who calls: a number, or a word such as anonymous.")
    ] = "",
    *,
    unverified: Annotated[
        bool, typer.Option("--unverified", help="Their number is not theirs (STIR/SHAKEN).")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,
) -> None:
    """Tell what a call to NUMBER gets at a moment, which rule decides, and who may be rung then.

    With a caller, also what that one hears first.
    """
    told = run(_explain(normalize(number, possible=True), at))
    who = (told.company, told.number, told.at, caller)
    decision = decided_for(*who, unverified=unverified) if caller or unverified else None
    if as_json:
        write_json(as_data(told, decision))
    else:
        Console(highlight=False, soft_wrap=True).print(*in_full(told, decision), sep="\n")


async def _explain(number: str, at: str) -> Explanation:
    async with open_stores() as stores:
        slug = await stores.companies.owner_of(number)
        stored = await stores.companies.get(slug) if slug else None
    if stored is None:
        raise InvalidInput(f"{number} belongs to no company: see 'clientsvia company list'")
    then = moment(at, ZoneInfo(stored.profile.time_zone), datetime.now(UTC))
    return explained(compile_company(stored, then), number, then)
