"""``clientsvia history``: who changed what, and putting back what was there."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from clientsvia.admin.history import changes_by_putting_back, changes_of, put_back
from clientsvia.cli.changes_view import add_changes
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import IN_FORCE_S, open_stores, operator, run, stored_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.audit import Entry
    from clientsvia.admin.history import Edit
    from clientsvia.companies.changes import Change
    from clientsvia.companies.revisions import Revision

app = typer.Typer(help="Who changed what, and putting it back.", no_args_is_help=True)

_NAMED = 5

Slug = Annotated[str, typer.Argument(help="The company's slug.")]
Number = Annotated[int, typer.Argument(help="The number of a revision, as in 'history list'.")]
Before = Annotated[
    int | None, typer.Option(help="Only those below this number: the next page of a long list.")
]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="How many to show.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]


@app.command(
    "list", epilog="Examples: clientsvia history list demo · clientsvia history list demo --json"
)
def list_(slug: Slug, *, before: Before = None, limit: Limit = 20, as_json: Json = False) -> None:
    """List the changes of a company, newest first: when, by whom, and in which fields.

    The last 1,000 are kept. Secrets are named when they change, and kept nowhere in the history.
    """
    revisions = run(_revisions(slug, before, limit))
    if as_json:
        write_json([_revision_data(one) for one in revisions])
        return
    table = Table("revision", "when (UTC)", "by", "fields", box=None, pad_edge=False)
    for one in revisions:
        row = (f"{one.at:%Y-%m-%d %H:%M}", Text(one.by or "-"), Text(_fields(one)))
        table.add_row(str(one.revision), *row)
    Console(highlight=False).print(table)


@app.command(
    epilog="Examples: clientsvia history show demo 7 · clientsvia history show demo 7 --json"
)
def show(slug: Slug, revision: Number, *, as_json: Json = False) -> None:
    """Show what one change of a company changed, field by field."""
    edit = run(_edit(slug, revision))
    if as_json:
        changes = [asdict(change) for change in edit.changes]
        write_json(_revision_data(edit.revision) | {"before": edit.before, "changes": changes})
        return
    one = edit.revision
    title = f"{one.company}, revision {one.revision}, {one.at:%Y-%m-%d %H:%M} UTC"
    _print(f"{title} by {one.by}" if one.by else title, edit.changes)


@app.command(
    "put-back",
    epilog="Examples: clientsvia history put-back demo 7 --dry-run · "
    "clientsvia history put-back demo 7",
)
def put_back_(
    slug: Slug,
    revision: Number,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change.")] = False,
    as_json: Json = False,
) -> None:
    """Make a company what it was at a revision, from the next call on.

    Its secrets, its Twilio account and whether it is live stay as they are. This is a change like
    any other: putting back the revision before it takes it back.
    """
    changes = run(_put_back(slug, revision, dry_run=dry_run))
    if as_json:
        write_json([asdict(change) for change in changes])
    else:
        said = "Would be put back" if dry_run else "Put back"
        _print(f"{said}:" if changes else f"{slug} says the same already.", changes)


@app.command(
    epilog="Examples: clientsvia history log · clientsvia history log demo --limit 100 --json"
)
def log(
    slug: Annotated[str | None, typer.Argument(help="One company; all when left out.")] = None,
    *,
    before: Before = None,
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """List what people did that changed no profile, newest first.

    Such as signing in, inviting somebody, listening to a recording, or erasing a caller.
    """
    entries = run(_entries(slug, before, limit))
    if as_json:
        write_json([asdict(entry) for entry in entries])
        return
    table = Table("id", "when (UTC)", "company", "by", "what", "to", box=None, pad_edge=False)
    for entry in entries:
        cells = (entry.company or "-", entry.by or "-", entry.act, entry.subject or "-")
        table.add_row(str(entry.id), f"{entry.at:%Y-%m-%d %H:%M}", *map(escape, cells))
    Console(highlight=False).print(table)


async def _revisions(slug: str, before: int | None, limit: int) -> Sequence[Revision]:
    async with open_stores() as stores:
        await stored_of(stores, slug)
        return await stores.companies.revisions(slug, before=before, limit=limit)


async def _edit(slug: str, revision: int) -> Edit:
    async with open_stores() as stores:
        await stored_of(stores, slug)
        return await changes_of(stores.companies, slug, revision)


async def _put_back(slug: str, revision: int, *, dry_run: bool) -> Sequence[Change]:
    async with open_stores() as stores:
        companies, now = stores.companies, await stored_of(stores, slug)
        changes = await changes_by_putting_back(companies, slug, revision)
        if not dry_run:
            await put_back(companies, slug, revision, expected=now.revision, by=operator())
            await asyncio.sleep(IN_FORCE_S)
        return changes


async def _entries(slug: str | None, before: int | None, limit: int) -> Sequence[Entry]:
    async with open_stores() as stores:
        return await stores.audit.entries(slug, before=before, limit=limit)


def _revision_data(one: Revision) -> dict[str, Any]:
    return {
        "revision": one.revision,
        "company": one.company,
        "at": one.at,
        "by": one.by,
        "fields": one.fields,
        "secrets": one.secrets,
    }


def _fields(one: Revision) -> str:
    more = len(one.fields) - _NAMED
    return ", ".join(one.fields[:_NAMED]) + (f" and {more} more" if more > 0 else "") or "-"


def _print(title: str, changes: Sequence[Change]) -> None:
    console, table = Console(highlight=False, soft_wrap=True), Table()
    console.print(title, markup=False)
    for name in ("field", "before", "after"):
        table.add_column(name, overflow="fold")
    if changes:
        add_changes(table, changes)
        console.print(table, soft_wrap=False)
