"""Load on the real server, in turn with Granian's hello: ``python -m benches.load --help``."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from rich.console import Console

from benches.load import report
from benches.load.rounds import Plan
from benches.load.runner import run, told
from benches.load.stacks import hello, ours
from benches.load.wire import COMPANIES

DOCUMENT = 916  # bytes, as many as ours


def load(
    rounds: Annotated[int, typer.Option(min=1, help="How often each server has its turn.")] = 30,
    rate: Annotated[float, typer.Option(min=1, help="Requests a second in the open loop.")] = 1_000,
    companies: Annotated[int, typer.Option(min=1, help="Companies in the store.")] = COMPANIES,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,  # noqa: FBT002 - typer's flags are booleans
) -> None:
    """Send signed voice webhooks to clientsvia serve and to a bare server, and check each answer.

    One worker each, keep-alive, over loopback, everything on: validation, SQLite, the call log.
    """
    console = Console(stderr=True)
    with told(console) as folder:
        stacks = [ours(folder / "store", companies=companies), hello(DOCUMENT)]
        plan = Plan(rounds=rounds, rate=rate)
        shown = report.rows(*run(stacks, plan, folder, console, companies), {})
    if as_json:
        sys.stdout.write(json.dumps(report.as_data(shown)) + "\n")
    else:
        report.show(Console(width=report.WIDTH), shown)


if __name__ == "__main__":
    app = typer.Typer(add_completion=False)
    app.command(
        epilog="Examples: python -m benches.load · python -m benches.load --rounds 5 --json · "
        "python -m benches.load --rate 3000"
    )(load)
    app()
