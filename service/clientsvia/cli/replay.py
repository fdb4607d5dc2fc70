"""``clientsvia calls replay``: a call of the log with today's settings, beside what happened."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from clientsvia.admin.replay import as_data
from clientsvia.admin.replay import replay as play_again
from clientsvia.cli import replay_view
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import open_services, require_store, run
from clientsvia.companies.moments import moment
from clientsvia.errors import InvalidInput
from clientsvia.settings import load_settings

if TYPE_CHECKING:
    from clientsvia.admin.replay import Replay

EPILOG = (
    "Examples: clientsvia calls replay CA00000000000000000000000000000001 · "
    "clientsvia calls replay CA00000000000000000000000000000001 --at 2026-12-25T15:00"
)


def replay(
    sid: Annotated[str, typer.Argument(help="The call's SID, as `clientsvia calls` shows it.")],
    *,
    company: Annotated[str, typer.Option(help="The call of this company, by its slug.")] = "",
    at: Annotated[
        str, typer.Option(help="As if it came in then, on the company's clock; else when it did.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,
) -> None:
    """Play a call again with today's settings, beside what happened then.

    Nobody is rung, and nothing is kept. A model or a voice that is asked costs what it does on a
    call.
    """
    again = run(_again(sid, company, at))
    if as_json:
        write_json(as_data(again))
    else:
        for part in replay_view.in_full(again):
            Console().print(part)


async def _again(sid: str, slug: str, at: str) -> Replay:
    settings = load_settings()
    require_store(settings)
    async with open_services(settings) as services:
        call = await services.call_log.call(sid, company=slug or None)
        if call is None:
            raise InvalidInput(f"no such call has the SID {sid}: list them with `clientsvia calls`")
        await services.directory.load()
        company = services.directory.by_slug(call.company)
        if company is None:
            raise InvalidInput(
                f"company {call.company!r} is gone or cannot be read: see `clientsvia company list`"
            )
        now = services.clock.now()
        then = moment(at, company.hours.zone, now).astimezone(UTC) if at else None
        return await play_again(services.trying.player, company, call, then)
