"""``clientsvia messages``: what callers left, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from clientsvia.cli import messages_view
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import open_stores, run
from clientsvia.errors import InvalidInput
from clientsvia.inbox.message import MessageState  # noqa: TC001 - typer reads it at run time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.cli.messages_view import Zones
    from clientsvia.inbox.message import Message
    from clientsvia.wiring import Stores

app = typer.Typer(
    help="Read the messages that callers left, and mark what became of them.",
    epilog="Examples: clientsvia messages list · clientsvia messages list demo --state new · "
    "clientsvia messages show CA0123… · clientsvia messages mark CA0123… done",
    no_args_is_help=True,
)

Sid = Annotated[str, typer.Argument(help="The call's SID, as `clientsvia messages list` shows it.")]
Company = Annotated[str, typer.Option(help="The company, by its slug, if several know the call.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]


@app.command("list", epilog="Example: clientsvia messages list demo --state new --state call-back")
def list_(
    slug: Annotated[str, typer.Argument(help="The company, by its slug; else all.")] = "",
    *,
    state: Annotated[
        list[MessageState] | None, typer.Option(help="Only those of this state; repeatable.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many messages to show.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show the messages that callers left, newest first, at the company's own time of day."""
    found, zones = run(_newest(slug or None, state or (), limit))
    if as_json:
        write_json([messages_view.as_data(message, zones) for message in found])
    elif found:
        Console().print(messages_view.overview(found, zones))
    else:
        Console().print(_none(slug, state or ()))


def _none(slug: str, states: Sequence[MessageState]) -> str:
    if not slug and not states:
        return "No message was left yet."
    whose = f" for {slug}" if slug else ""
    which = f" that is {' or '.join(states)}" if states else ""
    return f"No message{whose}{which}. See all of them with: clientsvia messages list"


@app.command(epilog="Example: clientsvia messages show CA00000000000000000000000000000001 --json")
def show(sid: Sid, *, company: Company = "", as_json: AsJson = False) -> None:
    """Show one message in full: who left it, how to call back, what it is about and what is known.

    Reading it here does not mark it: do that with `clientsvia messages mark`.
    """
    message, zones = run(_one(sid, company or None))
    _print(message, zones, as_json=as_json)


@app.command(epilog="Example: clientsvia messages mark CA00000000000000000000000000000001 done")
def mark(
    sid: Sid,
    state: Annotated[MessageState, typer.Argument(help="What became of it.")],
    *,
    company: Company = "",
    as_json: AsJson = False,
) -> None:
    """Mark what became of a message: it was read, somebody is to call back, or it is done."""
    message, zones = run(_marked(sid, company or None, state))
    _print(message, zones, as_json=as_json)


async def _newest(
    company: str | None, states: Sequence[MessageState], limit: int
) -> tuple[Sequence[Message], Zones]:
    async with open_stores() as stores:
        if company is not None and await stores.companies.get(company) is None:
            raise InvalidInput(
                f"no company has the slug {company}: list them with `clientsvia company list`"
            )
        found = await stores.messages.list(company, states=states, limit=limit)
        return found, await _zones(stores, found)


async def _one(sid: str, company: str | None) -> tuple[Message, Zones]:
    async with open_stores() as stores:
        message = await _found(stores, sid, company)
        return message, await _zones(stores, [message])


async def _marked(sid: str, company: str | None, state: MessageState) -> tuple[Message, Zones]:
    async with open_stores() as stores:
        message = await _found(stores, sid, company)
        marked = await stores.messages.mark(message.company, sid, state)
        return marked or message, await _zones(stores, [message])


async def _found(stores: Stores, sid: str, company: str | None) -> Message:
    """The message of a call, of whichever company the log says it was with."""
    if company is None:
        call = await stores.call_log.call(sid)
        company = call.company if call else None
    message = await stores.messages.get(company, sid) if company is not None else None
    if message is None:
        whose = f" of company {company}" if company else ""
        raise InvalidInput(
            f"no message was left on the call {sid}{whose}: list those that were with "
            "`clientsvia messages list`"
        )
    return message


async def _zones(stores: Stores, messages: Sequence[Message]) -> Zones:
    """The time zones of the companies that messages were left with."""
    zones: dict[str, str] = {}
    for slug in {message.company for message in messages}:
        stored = await stores.companies.get(slug)
        if stored is not None:
            zones[slug] = stored.profile.time_zone
    return zones


def _print(message: Message, zones: Zones, *, as_json: bool) -> None:
    if as_json:
        write_json(messages_view.as_data(message, zones))
    else:
        Console().print(messages_view.in_full(message, zones))
