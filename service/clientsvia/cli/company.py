"""``clientsvia company``: import, export, list and show companies."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import asdict
from pathlib import Path  # noqa: TC003 - typer reads it at run time
from typing import TYPE_CHECKING, Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from clientsvia.cli.changes_view import add_changes
from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import IN_FORCE_S, open_stores, operator, run, stored_of
from clientsvia.companies.files import as_data, as_yaml, profile_paths, read_profiles
from clientsvia.companies.importing import plan
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.companies.files import ProfileFile
    from clientsvia.companies.importing import PlannedCompany
    from clientsvia.companies.ports import StoredProfile

app = typer.Typer(help="Import, export, list and show companies.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]


@app.command(
    "import",
    epilog="Examples: clientsvia company import acme.yaml · "
    "clientsvia company import companies/ --dry-run",
)
def import_(
    path: Annotated[Path, typer.Argument(exists=True, help="A YAML or JSON file, or a directory.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change.")] = False,  # noqa: FBT002 - typer's flags are booleans
    as_json: Json = False,  # noqa: FBT002 - likewise
) -> None:
    """Add or replace companies by slug; a directory is imported as a whole or not at all."""
    planned = run(_import(_read(path), dry_run=dry_run))
    if as_json:
        write_json([_planned_data(company) for company in planned])
    else:
        _print_plan(planned, "Would be imported" if dry_run else "Imported")
        _tell_not_live(planned)


@app.command(
    epilog="Examples: clientsvia company export demo · clientsvia company export --output backup/"
)
def export(
    slug: Annotated[str, typer.Argument(help="One company; all when left out.")] = "",
    output: Annotated[
        Path | None, typer.Option(help="A .yaml or .json file, or a directory: one file a company.")
    ] = None,
    as_json: Json = False,  # noqa: FBT002 - typer's flags are booleans
) -> None:
    """Write companies without secrets; importing them again changes nothing."""
    stored = run(_stored(slug))
    if output is not None:
        written = _write_files(stored, output)
        if as_json:
            write_json([str(path) for path in written])
        else:
            Console().print(
                f"{len(written)} written: {', '.join(map(str, written))}", soft_wrap=True
            )
    elif as_json:
        write_json([as_data(item.profile) for item in stored])
    elif len(stored) == 1:
        sys.stdout.write(as_yaml(stored[0].profile))
    else:
        raise InvalidInput("a file holds one company: name its slug, or a directory with --output")


@app.command("list", epilog="Example: clientsvia company list --json")
def list_(as_json: Json = False) -> None:  # noqa: FBT002 - typer's flags are booleans
    """List the companies with their numbers."""
    rows = [_summary(item) for item in run(_stored(""))]
    if as_json:
        write_json(rows)
        return
    table = Table("company", "name", "state")
    table.add_column("numbers", no_wrap=True, min_width=len("+12395551212 (off)"))
    for name in ("time zone", "knowledge", "targets"):
        table.add_column(name)
    for row in rows:
        numbers = "\n".join(row["numbers"])
        state = row["state"]
        counts = (str(row["knowledge"]), str(row["targets"]))
        table.add_row(row["slug"], escape(row["name"]), state, numbers, row["time_zone"], *counts)
    Console().print(table)


@app.command(epilog="Example: clientsvia company show demo")
def show(
    slug: Annotated[str, typer.Argument(help="The company's slug.")],
    as_json: Json = False,  # noqa: FBT002 - typer's flags are booleans
) -> None:
    """Show one company's profile, without secrets."""
    (stored,) = run(_stored(slug))
    if as_json:
        write_json({"revision": stored.revision, "profile": as_data(stored.profile)})
    else:
        sys.stdout.write(f"# revision {stored.revision}\n{as_yaml(stored.profile)}")


def _read(path: Path) -> Sequence[ProfileFile]:
    paths = profile_paths(path)
    with Progress(console=Console(stderr=True), transient=True, disable=len(paths) == 1) as bar:
        task = bar.add_task("Reading profiles", total=len(paths))
        return read_profiles(paths, lambda _: bar.advance(task))


async def _import(found: Sequence[ProfileFile], *, dry_run: bool) -> Sequence[PlannedCompany]:
    async with open_stores(create=True) as stores:
        planned = await plan(stores.companies, found, checked=not stores.settings.demo)
        different = [item.profile for item in planned if item.outcome != "unchanged"]
        if different and not dry_run:
            await stores.companies.save(different, by=operator())
            await asyncio.sleep(IN_FORCE_S)
        return planned


async def _stored(slug: str) -> Sequence[StoredProfile]:
    async with open_stores() as stores:
        if not slug:
            return await stores.companies.all()
        return [await stored_of(stores, slug)]


def _write_files(stored: Sequence[StoredProfile], output: Path) -> list[Path]:
    if output.suffix in {".yaml", ".yml", ".json"}:
        if len(stored) != 1:
            raise InvalidInput("a file holds one company: name its slug, or a directory")
        targets = [output]
    else:
        targets = [output / f"{item.profile.slug}.yaml" for item in stored]
    for target, item in zip(targets, stored, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix == ".json":
            target.write_bytes(orjson.dumps(as_data(item.profile), option=orjson.OPT_INDENT_2))
        else:
            target.write_text(as_yaml(item.profile), encoding="utf-8")
    return targets


def _summary(item: StoredProfile) -> dict[str, Any]:
    profile = item.profile
    return {
        "slug": profile.slug,
        "name": profile.name,
        "state": profile.account.state,
        "numbers": [f"{n.number}{'' if n.active else ' (off)'}" for n in profile.numbers],
        "time_zone": profile.time_zone,
        "knowledge": len(profile.knowledge),
        "targets": len(profile.targets),
        "revision": item.revision,
    }


def _planned_data(company: PlannedCompany) -> dict[str, Any]:
    changes = [asdict(change) for change in company.changes]
    return {
        "company": company.profile.slug,
        "outcome": company.outcome,
        "state": company.profile.account.state,
        "changes": changes,
    }


def _print_plan(planned: Sequence[PlannedCompany], title: str) -> None:
    table = Table("company", "outcome", title=title)
    for name in ("field", "before", "after"):
        table.add_column(name, overflow="fold")
    for company in planned:
        first = (company.profile.slug, company.outcome)
        if not company.changes:
            table.add_row(*first)
        add_changes(table, company.changes, first=first)
    Console().print(table)


def _tell_not_live(planned: Sequence[PlannedCompany]) -> None:
    """What is left to do for companies whose callers hear that they are being set up."""
    waiting = [one.profile.slug for one in planned if one.profile.account.state == "setup"]
    if waiting:
        command = f"clientsvia company live {waiting[0] if len(waiting) == 1 else '--all'}"
        text = f"Not live yet: {', '.join(waiting)}. When all is ready: {command}"
        Console(soft_wrap=True, highlight=False).print(text, markup=False)
