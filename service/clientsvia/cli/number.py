"""``clientsvia number``: how a telephone number is read, and where it leads at Twilio."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from clientsvia.cli.json_output import write_json
from clientsvia.errors import InvalidNumber
from clientsvia.telephony.numbers import caller_kind, parse

app = typer.Typer(help="Read telephone numbers, and set them at Twilio.", no_args_is_help=True)

_FIELDS = ("e164", "region", "kind", "national", "international")


@app.callback()
def _group() -> None:
    """Read telephone numbers, and set them at Twilio."""


@app.command(
    epilog="Examples: clientsvia number show '(239) 555-1212' · "
    "clientsvia number show --region GB '020 7946 0958' --json"
)
def show(
    numbers: Annotated[list[str], typer.Argument(help="Numbers, written in any way.")],
    region: Annotated[
        str, typer.Option(help="Where numbers without a country code are dialled (ISO 3166).")
    ] = "US",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,  # noqa: FBT002 - typer's flags are booleans
) -> None:
    """Tell what each number is: its E.164 form, region, kind and how people write it.

    Exits with 1 when one of them is not valid.
    """
    found = [_told(number, region.upper()) for number in numbers]
    if as_json:
        write_json(found)
    else:
        Console(highlight=False).print(*map(_card, found), sep="\n")
    if not all(one["valid"] for one in found):
        raise typer.Exit(1)


def _told(raw: str, region: str) -> dict[str, Any]:
    """What is known of a number, and what to do where that is nothing."""
    try:
        number = parse(raw, region)
    except InvalidNumber as refusal:
        caller = caller_kind(raw)
        kind = None if caller in {"number", "unknown"} else caller
        return {"raw": raw, "kind": kind, "valid": False, "problem": str(refusal)}
    problem = "its length is right, but nobody can have it" if number.possible else "a wrong length"
    return {
        "raw": raw,
        **{name: getattr(number, name) for name in _FIELDS},
        "valid": number.valid,
        "problem": None if number.valid else f"{problem}: are all digits there?",
    }


def _card(found: dict[str, Any]) -> Table:
    """One number, a line for each thing that is known of it."""
    card = Table.grid(padding=(0, 2))
    card.add_row("[bold]written", Text(found["raw"], style="bold"))
    for name in (*_FIELDS, "problem"):
        if found.get(name):
            card.add_row(name, Text(found[name]))
    return card
