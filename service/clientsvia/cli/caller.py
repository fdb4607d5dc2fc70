"""``clientsvia caller``: whom a company knows, and whom it does not want to hear from."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from clientsvia.admin.callers_card import card
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import (
    change,
    open_existing,
    open_stores,
    operator,
    run,
    stored_of,
)
from clientsvia.companies.known_callers import caller_of, changed, merged, number_of, read_callers
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.caller_data import Erased
    from clientsvia.admin.callers_card import Card
    from clientsvia.companies.contact_profiles import CallerProfile
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.wiring import Services

app = typer.Typer(help="Known and blocked callers of a company.", no_args_is_help=True)

Slug = Annotated[str, typer.Argument(help="The company's slug.")]
Number = Annotated[str, typer.Argument(help="The caller's number, written in any way.")]
Company = Annotated[str, typer.Option(help="The slug of the company called.")]
AllCompanies = Annotated[bool, typer.Option("--all-companies", help="Of every company.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]


@app.command(
    epilog="Examples: clientsvia caller show demo '(239) 333-4444' · "
    "clientsvia caller show demo +12393334444 --json"
)
def show(
    slug: Slug,
    number: Number,
    *,
    limit: Annotated[int, typer.Option(min=1, help="How many calls to show.")] = 20,
    as_json: Json = False,
) -> None:
    """Show a caller's card: name, notes, whether blocked, earlier calls, and open messages."""
    found = run(_card(slug, number, limit))
    if as_json:
        write_json(asdict(found))
    else:
        _print_card(found)


@app.command(
    "list",
    epilog="Examples: clientsvia caller list demo · clientsvia caller list demo --blocked --json",
)
def list_(
    slug: Slug,
    *,
    blocked: Annotated[bool, typer.Option("--blocked", help="Those who are blocked.")] = False,
    as_json: Json = False,
) -> None:
    """List the callers a company knows, in the order of its profile."""
    known = [caller for caller in run(_known(slug)) if caller.blocked or not blocked]
    if as_json:
        write_json([caller.model_dump() for caller in known])
    elif known:
        Console().print(_table(known))
    else:
        Console().print(f"None. Add one with: clientsvia caller name {slug} NUMBER NAME")


@app.command(epilog="Example: clientsvia caller block demo '(239) 333-4444'")
def block(slug: Slug, number: Number, *, as_json: Json = False) -> None:
    """Block a caller: from the next call on they hear one sentence and no more."""
    _tell(run(_change(slug, number, blocked=True)), as_json=as_json)


@app.command(epilog="Example: clientsvia caller unblock demo '(239) 333-4444'")
def unblock(slug: Slug, number: Number, *, as_json: Json = False) -> None:
    """Unblock a caller: from the next call on they are answered like anybody."""
    _tell(run(_change(slug, number, blocked=False)), as_json=as_json)


@app.command(
    epilog="Examples: clientsvia caller name demo +12393334444 'Jo Berg' · "
    "clientsvia caller name demo +12393334444 'Jo Berg' --notes 'prefers mornings'"
)
def name(
    slug: Slug,
    number: Number,
    name: Annotated[str, typer.Argument(help="As it is spoken; empty to take it away.")],
    *,
    notes: Annotated[str | None, typer.Option(help="For people; empty takes them away.")] = None,
    as_json: Json = False,
) -> None:
    """Give a caller a name, and notes where they are given; nobody has to be asked for it again."""
    fields = {"name": name.strip()} | ({} if notes is None else {"notes": notes.strip()})
    _tell(run(_change(slug, number, **fields)), as_json=as_json)


@app.command(
    "import",
    epilog="Examples: clientsvia caller import demo callers.csv --dry-run · "
    "clientsvia caller import demo callers.csv",
)
def import_(
    slug: Slug,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A CSV file.")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change.")] = False,
    as_json: Json = False,
) -> None:
    """Add or change callers from a table with the columns number, name, notes and blocked.

    All of them, or none when a line is wrong. Callers who are not in the file stay as they are.
    """
    rows = run(_import(slug, file, dry_run=dry_run))
    if as_json:
        write_json(rows)
        return
    table = Table("number", "name", "blocked", "outcome")
    table.title = "Would be imported" if dry_run else "Imported"
    for row in rows:
        table.add_row(row["number"], Text(row["name"]), _yes(row["blocked"]), row["outcome"])
    Console().print(table)


@app.command(
    epilog="Examples: clientsvia caller export +12393334444 --company demo --json · "
    "clientsvia caller export +12393334444 --all-companies"
)
def export(
    number: Number,
    *,
    company: Company = "",
    all_companies: AllCompanies = False,
    as_json: Json = False,  # noqa: ARG001 - it is JSON with and without
) -> None:
    """Print all that is kept of a caller, as JSON: card, calls, messages and notices."""
    write_json(run(_export(number, company, everywhere=all_companies)))


@app.command(
    epilog="Examples: clientsvia caller erase +12393334444 --company demo --confirm +12393334444 · "
    "clientsvia caller erase +12393334444 --all-companies --confirm +12393334444 --json"
)
def erase(
    number: Number,
    *,
    company: Company = "",
    all_companies: AllCompanies = False,
    confirm: Annotated[str, typer.Option(help="The same number again.")] = "",
    as_json: Json = False,
) -> None:
    """Erase all that is kept of a caller, recordings at Twilio too. It cannot be undone."""
    if confirm != number:
        raise InvalidInput(
            "what is erased is gone for good: repeat the number with --confirm, and look first "
            "with 'clientsvia caller export'"
        )
    erased = run(_erase(number, company, everywhere=all_companies))
    if as_json:
        write_json([asdict(one) for one in erased])
        return
    for one in erased:
        Console(highlight=False).print(Text(_erased(one)))


async def _slugs(services: Services, company: str, *, everywhere: bool) -> list[str]:
    if bool(company) == everywhere:
        raise InvalidInput("say whose caller it is: --company SLUG, or --all-companies")
    return [one.profile.slug for one in await services.companies.all()] if everywhere else [company]


async def _export(number: str, company: str, *, everywhere: bool) -> list[dict[str, Any]]:
    async with open_existing() as services:
        slugs = await _slugs(services, company, everywhere=everywhere)
        return [await services.callers.export(slug, number, by=operator()) for slug in slugs]


async def _erase(number: str, company: str, *, everywhere: bool) -> list[Erased]:
    async with open_existing() as services:
        slugs = await _slugs(services, company, everywhere=everywhere)
        return [await services.callers.erase(slug, number, by=operator()) for slug in slugs]


def _erased(one: Erased) -> str:
    kept = one.kept
    text = f"{one.company}: erased {kept.calls} calls, {kept.messages} messages, "
    text += f"{kept.notices} notices, {kept.recordings} recordings"
    text += " and the card." if one.card else "."
    if one.owed:
        text += f" Twilio has not deleted {one.owed} of them: it is tried again every hour."
    return text


async def _card(slug: str, number: str, limit: int) -> Card:
    async with open_stores() as stores:
        profile = (await stored_of(stores, slug)).profile
        number = number_of(profile, number)
        return await card(profile, number, stores.call_log, stores.messages, limit=limit)


async def _known(slug: str) -> Sequence[CallerProfile]:
    async with open_stores() as stores:
        return (await stored_of(stores, slug)).profile.callers.known


async def _change(slug: str, raw: str, **fields: object) -> tuple[CallerProfile, int]:
    """The caller after the change, and the revision of the company."""
    async with open_stores() as stores:
        saved = await change(
            stores,
            slug,
            lambda stored: changed(stored.profile, number_of(stored.profile, raw), **fields),
        )
    number = number_of(saved.profile, raw)
    return caller_of(saved.profile, number), saved.revision


async def _import(slug: str, file: Path, *, dry_run: bool) -> list[dict[str, Any]]:
    text, rows = await asyncio.to_thread(_text, file), list[dict[str, Any]]()

    def alter(stored: StoredProfile) -> CompanyProfile:
        profile = stored.profile
        callers = read_callers(profile, text, file.name)
        rows[:] = [one.model_dump() | {"outcome": _outcome(profile, one)} for one in callers]
        return merged(profile, callers)

    async with open_stores() as stores:
        if dry_run:
            alter(await stored_of(stores, slug))
        else:
            await change(stores, slug, alter)
    return rows


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InvalidInput(f"{file.name} is not text in UTF-8: save it as CSV UTF-8") from None


def _outcome(profile: CompanyProfile, caller: CallerProfile) -> str:
    before = next((one for one in profile.callers.known if one.number == caller.number), None)
    return "added" if before is None else "unchanged" if before == caller else "changed"


def _tell(change: tuple[CallerProfile, int], *, as_json: bool) -> None:
    caller, revision = change
    if as_json:
        write_json(caller.model_dump() | {"revision": revision})
        return
    named = f" ({caller.name})" if caller.name else ""
    state = "is blocked" if caller.blocked else "is known" if named else "is answered like anybody"
    text = Text(f"{caller.number}{named} {state}, from the next call on.")
    Console(highlight=False).print(text)


def _print_card(found: Card) -> None:
    console = Console(highlight=False)
    heading = Text.assemble((found.number, "bold"), f"  {found.name or 'no name'}")
    if found.blocked:
        heading.append("  blocked", "bold red")
    console.print(heading)
    if found.notes:
        console.print(Text(found.notes, "italic"))
    if not found.calls:
        console.print(f"No calls to {found.company} yet.")
        return
    table = Table("when (UTC)", "outcome", "asked", "call", box=None, pad_edge=False)
    for call in found.calls:
        asked = Text(" · ".join(call.asked) or "-")
        table.add_row(f"{call.at:%Y-%m-%d %H:%M}", call.outcome or "-", asked, call.call_sid)
    console.print(table)
    for message in found.messages:
        words = message.reason or message.transcript or "a recording"
        kind = "urgent message" if message.urgent else "message"
        console.print(Text.assemble((f"{kind} ({message.state})", "bold"), f"  {words}"))


def _table(known: Sequence[CallerProfile]) -> Table:
    table = Table("number", "name", "blocked", "notes")
    for caller in known:
        table.add_row(caller.number, Text(caller.name), _yes(caller.blocked), Text(caller.notes))
    return table


def _yes(blocked: bool) -> str:  # noqa: FBT001 - a cell's value
    return "[red]yes[/]" if blocked else ""
