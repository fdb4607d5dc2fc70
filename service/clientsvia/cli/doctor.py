"""``clientsvia doctor``: why calls are not answered, and what to do about it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from clientsvia.admin.diagnosis import Check, Setup, diagnose
from clientsvia.cli.session import open_services, run
from clientsvia.errors import InvalidInput
from clientsvia.settings import load_settings

if TYPE_CHECKING:
    from clientsvia.settings import Settings
    from clientsvia.wiring import Services

if TYPE_CHECKING:
    from clientsvia.settings import Settings

EPILOG = "Examples: clientsvia doctor · clientsvia doctor --company demo · clientsvia doctor --json"


def doctor(
    company: Annotated[str, typer.Option(help="Look at one company alone, by its slug.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,  # noqa: FBT002 - typer's flags are booleans
) -> None:
    """Check the webhook, the companies and the answers, each trouble with its remedy."""
    checks = run(_checks(company))
    if as_json:
        rows = [asdict(check) | {"well": check.well} for check in checks]
        sys.stdout.write(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode() + "\n")
    else:
        _print(checks)
    if not all(check.well for check in checks):
        raise typer.Exit(1)


async def _checks(slug: str) -> list[Check]:
    settings = load_settings()
    async with open_services(settings) as services:
        await services.directory.load()
        setup = _setup(settings, services, slug)
        return [check async for check in diagnose(setup, services.responder, services.clock.now())]


def _setup(settings: Settings, services: Services, slug: str) -> Setup:
    companies = tuple(c for c in services.directory.companies() if slug in {"", c.slug})
    if slug and not companies:
        raise InvalidInput(f"there is no company {slug}: see 'clientsvia company list'")
    return Setup(
        settings.origin,
        settings.demo,
        settings.checks_signatures,
        bool(settings.twilio_account_sid),
        companies,
    )


def _print(checks: list[Check]) -> None:
    table = Table(title="Is everything well?", show_lines=False)
    for name in ("", "trouble", "looked at", "found", "what to do"):
        table.add_column(name, overflow="fold")
    for check in checks:
        sign = "[green]ok[/]" if check.well else "[bold red]![/]"
        table.add_row(sign, check.trouble, check.what, check.found, check.remedy)
    Console().print(table)
