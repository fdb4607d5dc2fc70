"""How a company stands: ``clientsvia company live``, ``suspend``, ``resume`` and ``forward``."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from clientsvia.admin.account_states import in_state, live_as
from clientsvia.admin.going_live import checklist, without_fallback
from clientsvia.admin.removal import remove_company
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import (
    IN_FORCE_S,
    change,
    open_services,
    open_stores,
    operator,
    require_store,
    run,
    stored_of,
)
from clientsvia.companies.snapshot import compile_company
from clientsvia.errors import InvalidInput
from clientsvia.settings import load_settings
from clientsvia.wiring import setup_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.going_live import Item
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.settings import Settings
    from clientsvia.wiring import Services, Stores


@dataclass(frozen=True, slots=True)
class Look:
    """What was found of one company, and the ``state`` it is in after that."""

    company: str
    state: str
    items: Sequence[Item]

    @property
    def left(self) -> int:
        """How much is to be mended before it can be live."""
        return sum(item.stops for item in self.items)

    def as_data(self) -> dict[str, Any]:
        """As JSON has it."""
        rows = [asdict(item) | {"well": item.well} for item in self.items]
        return {"company": self.company, "state": self.state, "checklist": rows}

    def verdict(self) -> str:
        """One line for people, in rich's markup."""
        slug = escape(self.company)
        if self.left:
            aim = f"before {slug} can go live" if self.state == "setup" else f"at {slug}"
            return f"[bold red]{self.left} to mend[/] {aim}."
        if self.state == "active":
            return f"[bold green]{slug} is live.[/]"
        return f"All that is required is well; {self.state}: 'clientsvia company resume {slug}'."


Slug = Annotated[str, typer.Argument(help="The company's slug.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]


def add_to(app: typer.Typer) -> None:
    """Make these commands of ``clientsvia company``."""
    app.command(
        epilog="Examples: clientsvia company live acme · clientsvia company live --all --offline"
    )(live)
    app.command(
        epilog="Examples: clientsvia company suspend acme · "
        "clientsvia company suspend acme --sentence 'We have moved to 239 555 0100. Goodbye.'"
    )(suspend)
    app.command(epilog="Example: clientsvia company resume acme")(resume)
    app.command(epilog="Example: clientsvia company forward acme office")(forward)
    app.command(
        "remove", epilog="Example: clientsvia company remove acme --confirm 'Acme Plumbing'"
    )(remove_)


def live(
    slug: Annotated[str, typer.Argument(help="The company's slug, unless --all.")] = "",
    *,
    all_: Annotated[bool, typer.Option("--all", help="Every company that is set up.")] = False,
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask Twilio.")] = False,
    waived: Annotated[
        bool,
        typer.Option(
            "--without-fallback", help="Let nobody answer while this host is down, for now."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Go through the checklist, and let a company go live when all that is required is well.

    Ends with 1 when something is to be mended first.
    """
    if bool(slug) == all_:
        raise InvalidInput("name one company, or every one that is set up with --all")
    looks = run(_live(slug, offline=offline, waived=waived))
    if as_json:
        write_json([look.as_data() for look in looks])
    elif not looks:
        Console().print("No company is being set up.")
    else:
        for look in looks:
            _print(look)
    if any(look.left for look in looks):
        raise typer.Exit(1)


def suspend(
    slug: Slug,
    *,
    sentence: Annotated[str, typer.Option(help="What callers hear; one of ours if empty.")] = "",
    as_json: Json = False,
) -> None:
    """Take no more calls: from the next one on, callers hear one sentence."""
    account = {"state": "suspended", "sentence": sentence.strip()}
    _tell(run(_change(slug, account)), as_json=as_json)


def resume(slug: Slug, *, as_json: Json = False) -> None:
    """Answer calls again, after a company was suspended or its calls forwarded."""
    _tell(run(_change(slug, {"state": "active"})), as_json=as_json)


def forward(
    slug: Slug,
    target: Annotated[str, typer.Argument(help="The id of one of its targets.")],
    *,
    as_json: Json = False,
) -> None:
    """Ring one target for every call, at any hour, until 'company resume'."""
    account = {"state": "forwarding", "target": target}
    _tell(run(_change(slug, account)), as_json=as_json)


def remove_(
    slug: Slug,
    *,
    confirm: Annotated[str, typer.Option(help="The company's name, as it is written.")] = "",
    as_json: Json = False,
) -> None:
    """Remove a company with its calls, messages and people, for good.

    Export it first to have it again. Callers of its numbers hear that nobody answers there.
    """
    run(_remove(slug, confirm))
    if as_json:
        write_json({"company": slug, "removed": True})
    else:
        Console().print(f"{escape(slug)} was removed.")


async def _remove(slug: str, confirm: str) -> None:
    async with open_stores() as stores:
        stored, now = await stored_of(stores, slug), datetime.now(UTC)
        await remove_company(
            stores.companies, stores.audit, stored, confirm, by=operator(), now=now
        )
        await asyncio.sleep(IN_FORCE_S)


async def _live(slug: str, *, offline: bool, waived: bool) -> Sequence[Look]:
    settings = load_settings()
    require_store(settings)
    looks = []
    async with open_services(settings) as services:
        for stored in await _chosen(services.stores, slug):
            found = await _looked_at(settings, services, stored, offline=offline)
            items = without_fallback(found) if waived else found
            state: str = stored.profile.account.state
            if state == "setup" and not any(item.stops for item in items):
                saved = await change(services.stores, stored.profile.slug, live_as(stored))
                state = saved.profile.account.state
            looks.append(Look(stored.profile.slug, state, items))
    return looks


async def _chosen(stores: Stores, slug: str) -> Sequence[StoredProfile]:
    if slug:
        return [await stored_of(stores, slug)]
    return [one for one in await stores.companies.all() if one.profile.account.state == "setup"]


async def _looked_at(
    settings: Settings, services: Services, stored: StoredProfile, *, offline: bool
) -> list[Item]:
    company = compile_company(stored, services.clock.now())
    setup = setup_of(settings, services, (company,), ask_twilio=not offline)
    items = checklist(
        setup, stored.profile, company, services.stores.outbox, services.twilio_accounts
    )
    return [item async for item in items]


async def _change(slug: str, account: Mapping[str, str]) -> CompanyProfile:
    async with open_stores() as stores:
        saved = await change(stores, slug, in_state(account, checked=not stores.settings.demo))
    return saved.profile


def _tell(profile: CompanyProfile, *, as_json: bool) -> None:
    account = profile.account
    if as_json:
        write_json({"company": profile.slug, **account.model_dump()})
        return
    state = {
        "suspended": "is suspended: callers hear one sentence",
        "forwarding": f"forwards every call to {account.target}",
        "active": "answers its calls",
    }[account.state]
    text = f"{profile.slug} {state}, from the next call on."
    Console(highlight=False, soft_wrap=True).print(text, markup=False)


def _print(look: Look) -> None:
    console = Console(highlight=False)
    console.print(f"[bold]{escape(look.company)}[/]")
    for item in look.items:
        amiss = "[bold red]! [/]" if item.required else "[yellow]- [/]"
        line = f"{'[green]ok[/]' if item.well else amiss} [bold]{escape(item.what)}[/]: "
        console.print(Padding(line + escape(item.found), (0, 0, 0, 2), expand=False))
        if item.remedy:
            remedy = f"[yellow]→[/] {escape(item.remedy)}"
            console.print(Padding(remedy, (0, 0, 0, 5), expand=False))
    console.print(look.verdict())
