"""``clientsvia doctor``: why calls are not answered, and what to do about it."""

from __future__ import annotations

import asyncio
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from clientsvia.admin.diagnosis import (
    Check,
    Setup,
    Trouble,
    check_installation,
    check_webhook,
    diagnose,
)
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import open_services, run
from clientsvia.errors import ClientsViaError, ConfigurationError, InvalidInput
from clientsvia.settings import load_settings, require_servable
from clientsvia.wiring import sources_of, store_file

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence

    from clientsvia.companies.company import Company
    from clientsvia.settings import Settings
    from clientsvia.wiring import Services

WELL_SHOWN = 12  # of each trouble: what is amiss must not drown in what is well
EPILOG = (
    "Examples: clientsvia doctor · clientsvia doctor +12395551212 · "
    "clientsvia doctor --company demo --offline · clientsvia doctor --json"
)


def doctor(
    number: Annotated[
        str, typer.Argument(help="One number that is called; all numbers when left out.")
    ] = "",
    *,
    company: Annotated[str, typer.Option(help="Look at one company alone, by its slug.")] = "",
    offline: Annotated[bool, typer.Option("--offline", help="Do not ask Twilio.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,
) -> None:
    """Check the webhook, the companies and the answers, each trouble with its remedy.

    Asks the running service at its public origin, and Twilio how each number is configured there.
    Ends with 1 when something is to be mended.
    """
    checks = run(_looked_at(number, company, offline=offline))
    if as_json:
        rows = [asdict(check) | {"well": check.well} for check in checks]
        write_json(rows)
    else:
        _print(checks)
    if not all(check.well for check in checks):
        raise typer.Exit(1)


async def _looked_at(number: str, slug: str, *, offline: bool) -> list[Check]:
    """Every check, with a word on standard error of what has been looked at last."""
    settings = load_settings()
    setup = _setup(settings, number, offline=offline)
    checks: list[Check] = []
    with Console(stderr=True).status("Looking") as status:
        async for check in _checks(settings, setup, slug):
            checks.append(check)
            status.update(f"Looked at {escape(check.what)}")
    return checks


async def _checks(settings: Settings, setup: Setup, slug: str) -> AsyncIterator[Check]:
    for check in (*check_installation(setup), *_refused(settings)):
        yield check
    if setup.store is not None and not await asyncio.to_thread(setup.store.exists):
        yield _no_store(setup)
        async for check in check_webhook(setup):
            yield check
        return
    try:
        async with open_services(settings) as services:
            await services.directory.load()
            companies = _chosen(services, slug)
            platform = services.platform_account
            setup = replace(setup, companies=companies, platform=platform)
            async for check in diagnose(setup, sources_of(services), services.clock.now()):
                yield check
    except InvalidInput:
        raise
    except ClientsViaError as error:
        yield Check(Trouble.WEBHOOK, "start", "the service cannot start", str(error))


def _refused(settings: Settings) -> Iterator[Check]:
    """What ``serve`` would refuse."""
    try:
        require_servable(settings)
    except ConfigurationError as error:
        if settings.public_origin or settings.demo:  # else the check of the origin has said it
            yield Check(Trouble.WEBHOOK, "settings", "the service cannot start", str(error))


def _no_store(setup: Setup) -> Check:
    begin = "make run begins one" if setup.demo else "clientsvia company import FILE begins one"
    remedy = f"ask where the service runs, or set CLIENTSVIA_STORE to its store; {begin}"
    return Check(Trouble.COMPANY, "store", f"there is none at {setup.store}", remedy)


def _chosen(services: Services, slug: str) -> tuple[Company, ...]:
    chosen = tuple(c for c in services.directory.companies() if slug in {"", c.slug})
    if slug and not chosen:
        raise InvalidInput(f"there is no company {slug}: see 'clientsvia company list'")
    return chosen


def _setup(settings: Settings, number: str, *, offline: bool) -> Setup:
    """What the settings tell; the companies are not known yet."""
    certificate, key = settings.tls_certificate, settings.tls_key
    return Setup(
        origin=settings.origin,
        demo=settings.demo,
        signed=settings.checks_signatures,
        store=store_file(settings),
        key_file=None if settings.secret_keys else settings.secret_key_file,
        certificate=(certificate, key) if certificate and key else None,
        called=number,
        ask_twilio=not offline,
        operator=settings.operator_email,
    )


def _print(checks: Sequence[Check]) -> None:
    console = Console(highlight=False)
    for trouble in Trouble:
        about = [check for check in checks if check.trouble is trouble]
        well = [check for check in about if check.well]
        if about:
            console.print(f"[bold]{trouble}?[/]")
        for check in (*(c for c in about if not c.well), *well[:WELL_SHOWN]):
            _print_one(console, check)
        if len(well) > WELL_SHOWN:
            more = f"{len(well) - WELL_SHOWN} more, which --company or --json shows"
            console.print(f"  [green]ok[/] and {more}")
    amiss = sum(not check.well for check in checks)
    if amiss:
        console.print(f"[bold red]{amiss} to mend[/] of {len(checks)} looked at.")
    else:
        console.print(f"[bold green]All is well:[/] {len(checks)} looked at.")


def _print_one(console: Console, check: Check) -> None:
    sign = "[green]ok[/]" if check.well else "[bold red]! [/]"
    line = f"{sign} [bold]{escape(check.what)}[/]: {escape(check.found)}"
    console.print(Padding(line, (0, 0, 0, 2), expand=False))
    if check.remedy:
        remedy = f"[yellow]→[/] {escape(check.remedy)}"
        console.print(Padding(remedy, (0, 0, 0, 5), expand=False))
