"""``clientsvia notify``: whether owners can be told, and what they were told."""

from __future__ import annotations

import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from clientsvia.admin.channel_test import ChannelTest
from clientsvia.cli import notify_view
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import open_services, open_stores, require_store, run, stored_of
from clientsvia.notices.delivery import DeliveryState
from clientsvia.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from clientsvia.notices.delivery import Delivery
    from clientsvia.notices.notice import Notice
    from clientsvia.wiring import Services

app = typer.Typer(
    help="Test how owners are told of calls, and see what they were told.", no_args_is_help=True
)

_NOBODY = (
    "{slug} names nobody to tell: add an address under notify.email in its profile, and import it "
    "with: clientsvia company import FILE"
)

Slug = Annotated[str, typer.Argument(help="The company, by its slug.")]
Numbers = Annotated[bool, typer.Option("--numbers", help="Show telephone numbers in full.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]


@app.callback()
def _group() -> None:
    """Whether owners can be told, and what they were told."""


@app.command(
    name="test",
    epilog="Examples: clientsvia notify test demo · clientsvia notify test demo --json",
)
def send_test(company: Slug, *, numbers: Numbers = False, as_json: AsJson = False) -> None:
    """Send a test to every address of a company, and wait for what becomes of it.

    An address whose last test was sent counts as tested, which a company needs to go live. Ends
    with 1 when one was not.
    """
    found = run(_tested(company))
    if as_json:
        told = [notify_view.as_data(one, numbers=numbers) for one in found]
        write_json({"company": company, "deliveries": told})
    elif found:
        notify_view.show(Console(highlight=False), found, numbers=numbers)
    else:
        Console(highlight=False).print(_NOBODY.format(slug=company))
    if not found or any(one.state is not DeliveryState.SENT for one in found):
        raise typer.Exit(1)


@app.command(
    name="list",
    epilog="Examples: clientsvia notify list · clientsvia notify list demo --limit 10 · "
    "clientsvia notify list --json",
)
def list_(
    company: Annotated[
        str, typer.Argument(help="One company alone, by its slug; 'operator' for the operator's.")
    ] = "",
    *,
    limit: Annotated[int, typer.Option(min=1, help="How many to show.")] = 30,
    numbers: Numbers = False,
    as_json: AsJson = False,
) -> None:
    """Show what was told to whom, what waits and why, and what to do about it; newest first."""
    waiting, found = run(_listed(company, limit))
    if as_json:
        write_json(
            {
                "waiting": [notify_view.waiting_data(one) for one in waiting],
                "deliveries": [notify_view.as_data(one, numbers=numbers) for one in found],
            }
        )
        return
    console = Console(highlight=False)
    if waiting:
        console.print(notify_view.unaddressed(waiting), soft_wrap=True)
    if found:
        notify_view.show(console, found, numbers=numbers)
    elif not waiting:
        console.print("Nothing was told yet. Test it with: clientsvia notify test SLUG")


@app.command(
    epilog="Examples: clientsvia notify secret demo · clientsvia notify secret demo --json"
)
def secret(company: Slug, *, as_json: AsJson = False) -> None:
    """Show the secret by which the receiver of a company's webhook knows that it is ours.

    It follows from the service's own keys. While these are being changed there are several: each
    webhook is signed with all of them, and the receiver needs the first.
    """
    secrets = run(_secrets(company))
    if as_json:
        write_json({"company": company, "secrets": secrets})
        return
    for one in secrets:
        sys.stdout.write(one + "\n")


async def _tested(slug: str) -> Sequence[Delivery]:
    async with _services(slug) as services:
        outbox, dispatcher = services.stores.outbox, services.notices.dispatcher
        with Console(stderr=True).status("Sending"):
            return await ChannelTest(dispatcher, outbox, services.clock).send(slug)


async def _listed(slug: str, limit: int) -> tuple[Sequence[Notice], Sequence[Delivery]]:
    company = {"": None, "operator": ""}.get(slug, slug)
    async with open_stores() as stores:
        if company:
            await stored_of(stores, company)
        outbox = stores.outbox
        return (
            await outbox.unaddressed(company=company, limit=limit),
            await outbox.deliveries(company, limit=limit),
        )


async def _secrets(slug: str) -> list[str]:
    async with _services(slug) as services:
        return list(services.notices.secrets.of(slug))


@asynccontextmanager
async def _services(slug: str) -> AsyncIterator[Services]:
    """The services with their companies loaded, of which ``slug`` is to be one."""
    settings = load_settings()
    require_store(settings)
    async with open_services(settings) as services:
        await stored_of(services.stores, slug)
        await services.directory.load()
        yield services
