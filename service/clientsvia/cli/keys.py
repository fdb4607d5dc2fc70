"""``clientsvia keys``: the keys that seal secrets, and changing them."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from clientsvia.cli.json_output import write_json
from clientsvia.cli.session import require_store, run
from clientsvia.errors import ConfigurationError
from clientsvia.settings import load_settings
from clientsvia.wiring import secret_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.settings import Settings
    from clientsvia.wiring.secret_keys import SealingKey

app = typer.Typer(help="The keys that seal secrets, and changing them.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON alone.")]

_RESTART = (
    "Start the service again soon, so that every worker signs with the new key; calls under way go "
    "on. Back up the key file, and later drop the old key: clientsvia keys rotate --drop"
)


@app.command("list", epilog="Examples: clientsvia keys list · clientsvia keys list --json")
def list_(*, as_json: Json = False) -> None:
    """List the keys by their ids, and how many secrets each seals; the first seals what is new."""
    keys = run(secret_keys.list_keys(_settings()))
    if as_json:
        write_json([asdict(key) for key in keys])
    else:
        _print(keys)


@app.command(epilog="Examples: clientsvia keys rotate · clientsvia keys rotate --drop")
def rotate(
    *,
    drop: Annotated[
        bool, typer.Option("--drop", help="Make no key; take away those that were put second.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Make a new key, put it first in the key file, and seal every secret with it.

    The old keys stay until --drop: what they signed is believed that long.
    """
    done = run(secret_keys.rotate(_settings(), drop=drop))
    if as_json:
        write_json(asdict(done))
        return
    made = f"Key {done.made} was made. " if done.made else ""
    gone = f" Dropped: {', '.join(done.dropped)}." if done.dropped else ""
    Console(highlight=False).print(f"{made}{done.anew} secrets were sealed anew.{gone}")
    _print(done.keys)
    if done.made:
        Console(highlight=False).print(_RESTART)


def _settings() -> Settings:
    settings = load_settings()
    require_store(settings)
    if settings.store == "memory:":
        raise ConfigurationError("a memory: store seals nothing: set CLIENTSVIA_STORE to a file")
    return settings


def _print(keys: Sequence[SealingKey]) -> None:
    table = Table("key", "seals", "", box=None, pad_edge=False)
    for key in keys:
        table.add_row(key.id, str(key.seals), "seals what is new" if key.first else "")
    Console(highlight=False).print(table)
