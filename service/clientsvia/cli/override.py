"""``clientsvia hours override``: closed until two, or open now, whatever the week says."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from clientsvia.admin.overrides import State, Wish, wished
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import change, open_stores, run
from clientsvia.companies.clocks import written
from clientsvia.companies.snapshot import compile_company
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from clientsvia.companies.company import Company
    from clientsvia.companies.hours import Hours
    from clientsvia.companies.ports import StoredProfile

EPILOG = (
    "Examples: clientsvia hours override demo closed --until 14:00 --label 'power cut' · "
    "clientsvia hours override demo open --until 2026-12-24T18:30 · "
    "clientsvia hours override demo --clear"
)


def override(
    slug: Annotated[str, typer.Argument(help="The company's slug.")],
    state: Annotated[
        State | None, typer.Argument(help="What it is, whatever its week says.")
    ] = None,
    until: Annotated[
        str,
        typer.Option(
            help="When that ends by itself: 14:00 is the next on the company's clock. "
            "Without it, when it is taken away."
        ),
    ] = "",
    label: Annotated[str, typer.Option(help="Why, as callers are told.")] = "",
    target: Annotated[
        str, typer.Option(help="The id of a department or person with hours of its own.")
    ] = "",
    clear: Annotated[bool, typer.Option("--clear", help="Take the override away.")] = False,  # noqa: FBT002 - typer's flags are booleans
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,  # noqa: FBT002 - likewise
) -> None:
    """Open or close a company by hand, up to a time or until it is cleared.

    It is in force with the next call, and comes before exceptions, holidays, seasons and the week.
    """
    if clear is (state is not None):
        raise InvalidInput("write either open, closed or --clear after the company")
    if clear and (until or label):
        raise InvalidInput("--clear takes neither --until nor --label: leave them out")
    wish = Wish(state, until, label, target)
    now = datetime.now(UTC)
    stored = run(_save(slug, wish, now))
    company = compile_company(stored, now)
    if as_json:
        data = _as_data(stored, target, _hours(company, target), now)
        write_json(data)
    else:
        _print(company, target, now)


async def _save(slug: str, wish: Wish, now: datetime) -> StoredProfile:
    async with open_stores() as stores:
        return await change(stores, slug, lambda stored: wished(stored.profile, wish, now))


def _hours(company: Company, target_id: str) -> Hours:
    target = company.target(target_id)
    return target.hours if target and target.hours else company.hours


def _as_data(stored: StoredProfile, target: str, hours: Hours, now: datetime) -> dict[str, Any]:
    status = hours.status(now)
    return {
        "company": stored.profile.slug,
        "target": target or None,
        "revision": stored.revision,
        "open": status.open,
        "rule": status.rule,
        "reason": status.reason,
        "changes_at": status.changes_at.isoformat() if status.changes_at else None,
    }


def _print(company: Company, target_id: str, now: datetime) -> None:
    target, status = company.target(target_id), _hours(company, target_id).status(now)
    name = f"{target.name} of {company.name}" if target else company.name
    until = written(status.changes_at) if status.changes_at else "further notice"
    state = "open" if status.open else "closed"
    Console(highlight=False, soft_wrap=True).print(
        f"{escape(name)} is now [bold]{state}[/] until {until} ({escape(status.reason)})"
    )
