"""``clientsvia number setup`` and ``put-back``: leading numbers at Twilio here, and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from clientsvia.admin.leading import Plans, of_each, warnings_of
from clientsvia.admin.number_setup import (
    Plan,
    plan_put_back,
    plan_setup,
    put_back,
    set_up,
)
from clientsvia.admin.off_host import bin_twiml, install, person
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import (
    open_services,
    open_stores,
    require_store,
    run,
    stored_of,
)
from clientsvia.companies.snapshot import compile_company
from clientsvia.errors import InvalidInput
from clientsvia.settings import load_settings
from clientsvia.telephony.numbers import normalize
from clientsvia.wiring import setup_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from clientsvia.admin.diagnosis import Setup
    from clientsvia.companies.company import Company
    from clientsvia.wiring import Services

    Work = Callable[[Services, Setup, Company, str], Awaitable[Plan]]

Number = Annotated[str, typer.Argument(help="One number of a company, in E.164.")]
Slug = Annotated[str, typer.Option("--company", help="Every number of one company, by its slug.")]
All = Annotated[bool, typer.Option("--all", help="Every number of every company.")]
Dry = Annotated[bool, typer.Option("--dry-run", help="Show what would change.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]

_WORDS = {"changes": "set", "unchanged": "already right", "refused": "cannot be set"}


def add_to(app: typer.Typer) -> None:
    """Make these commands of ``clientsvia number``."""
    app.command(
        "setup",
        epilog="Examples: clientsvia number setup +12395551212 --dry-run · "
        "clientsvia number setup --company acme · clientsvia number setup --all",
    )(setup)
    app.command(
        "put-back",
        epilog="Examples: clientsvia number put-back +12395551212 --dry-run · "
        "clientsvia number put-back --company acme",
    )(put_back_)
    app.command(
        epilog="Examples: clientsvia number fallback acme · "
        "clientsvia number fallback acme --studio --dry-run",
    )(fallback)


def setup(
    number: Number = "",
    *,
    company: Slug = "",
    all_: All = False,
    dry_run: Dry = False,
    as_json: Json = False,
) -> None:
    """Set a number's voice URL, fallback and status callback at Twilio to this service.

    What was there is kept, and 'number put-back' restores it. Ends with 1 when a number cannot be
    set.
    """

    async def work(services: Services, looking: Setup, one: Company, which: str) -> Plan:
        plan = await plan_setup(looking, services.twilio_accounts, one, which)
        if dry_run or plan.refusal:
            return plan
        kept, now = services.stores.kept_numbers, services.clock.now()
        return await set_up(plan, services.twilio_accounts, kept, now)

    _done(run(_each(work, number, company, all_=all_)), dry_run=dry_run, as_json=as_json)


def put_back_(
    number: Number = "",
    *,
    company: Slug = "",
    all_: All = False,
    dry_run: Dry = False,
    as_json: Json = False,
) -> None:
    """Set a number at Twilio to what it was before 'number setup' led it here.

    Ends with 1 when a number cannot be put back.
    """

    async def work(services: Services, looking: Setup, one: Company, which: str) -> Plan:
        kept, twilio = services.stores.kept_numbers, services.twilio_accounts
        plan = await plan_put_back(looking, twilio, kept, one, which)
        return plan if dry_run or plan.refusal else await put_back(plan, twilio, kept)

    _done(run(_each(work, number, company, all_=all_)), dry_run=dry_run, as_json=as_json)


def fallback(
    slug: Annotated[str, typer.Argument(help="The company's slug.")],
    *,
    studio: Annotated[bool, typer.Option("--studio", help="Make it at Twilio.")] = False,
    dry_run: Dry = False,
    as_json: Json = False,
) -> None:
    """Show what a TwiML Bin must say so that callers reach a person while this host is down.

    With --studio the same is made as a flow of Twilio Studio over the API, and every number of the
    company falls back on it. Ends with 1 when a number cannot be set.
    """
    if studio:
        _done(run(_studio(slug, dry_run=dry_run)), dry_run=dry_run, as_json=as_json)
        return
    company = run(_company(slug))
    if as_json:
        found = person(company)
        write_json({"twiml": bin_twiml(company), "rings": found.id if found else None})
    else:
        Console(soft_wrap=True, highlight=False, markup=False).print(bin_twiml(company))


async def _company(slug: str) -> Company:
    async with open_stores() as stores:
        return compile_company(await stored_of(stores, slug), datetime.now(UTC))


async def _studio(slug: str, *, dry_run: bool) -> Plans:
    settings = load_settings()
    require_store(settings)
    async with open_services(settings) as services:
        now = services.clock.now()
        company = compile_company(await stored_of(services.stores, slug), now)
        looking = setup_of(settings, services, (company,))
        twilio, kept = services.twilio_accounts, services.stores.kept_numbers
        done = await install(looking, twilio, kept, company, now, dry_run=dry_run)
        return Plans(done.plans, await warnings_of(done.plans, twilio))


async def _each(work: Work, number: str, slug: str, *, all_: bool) -> Plans:
    """What ``work`` made of each number, in the companies' order, and what to be warned of."""
    if sum([bool(number), bool(slug), all_]) != 1:
        raise InvalidInput("name one number, one company with --company, or all with --all")
    settings = load_settings()
    require_store(settings)
    async with open_services(settings) as services:
        await services.directory.load()
        chosen = _chosen(services, normalize(number) if number else "", slug)
        looking = setup_of(settings, services, tuple(services.directory.companies()))

        async def take(one: Company, which: str) -> Plan:
            return await work(services, looking, one, which)

        return await of_each(chosen, take, services.twilio_accounts)


def _chosen(services: Services, number: str, slug: str) -> list[tuple[Company, str]]:
    """The numbers that are meant, each with its company."""
    companies = services.directory.companies()
    pairs = [
        (one, which)
        for one in companies
        if slug in {"", one.slug}
        for which in one.numbers
        if number in {"", which}
    ]
    if pairs:
        return pairs
    if number:
        raise InvalidInput(f"no company has {number} in service: see 'clientsvia company list'")
    if slug and slug not in {one.slug for one in companies}:
        raise InvalidInput(f"no company is called {slug!r}: see 'clientsvia company list'")
    raise InvalidInput("there is no number in service: add one to numbers in a company's profile")


def _done(found: Plans, *, dry_run: bool, as_json: bool) -> None:
    plans, warnings = found.plans, found.warnings
    if as_json:
        write_json({"numbers": [_data(plan) for plan in plans], "warnings": warnings})
    else:
        _print(plans, warnings, dry_run=dry_run)
    if any(plan.refusal for plan in plans):
        raise typer.Exit(1)


def _data(plan: Plan) -> dict[str, Any]:
    """A plan as JSON has it; the account's token is no part of that."""
    return {
        "company": plan.company,
        "number": plan.number,
        "account_sid": plan.account.sid if plan.account else None,
        "outcome": plan.outcome,
        "changes": [asdict(change) for change in plan.changes],
        "refusal": plan.refusal,
        "remedy": plan.remedy,
    }


def _print(plans: Sequence[Plan], warnings: Sequence[str], *, dry_run: bool) -> None:
    console = Console(highlight=False)
    for plan in plans:
        word = "would be set" if dry_run and plan.changes else _WORDS[plan.outcome]
        told = f": {escape(plan.refusal)}" if plan.refusal else ""
        console.print(f"[bold]{plan.number}[/] ({escape(plan.company)}) {word}{told}")
        for change in plan.changes:
            before, after = change.before or "not set", change.after or "not set"
            _line(console, f"{change.field}: {escape(before)} → [bold]{escape(after)}[/]")
        if plan.remedy:
            _line(console, f"[yellow]→[/] {escape(plan.remedy)}")
    for warning in warnings:
        console.print(f"[yellow]Mind:[/] {escape(warning)}")


def _line(console: Console, text: str) -> None:
    console.print(Padding(text, (0, 0, 0, 2), expand=False))
