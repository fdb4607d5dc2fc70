"""The same webhook on other stacks, side by side with ours: ``python -m benches.peers --help``."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer
from rich.console import Console

from benches.load import report
from benches.load.__main__ import DOCUMENT
from benches.load.rounds import Plan
from benches.load.runner import run, told
from benches.load.stacks import hello, ours
from benches.peers.stacks import GOALS, peers


def compare(
    rounds: Annotated[int, typer.Option(min=1, help="How often each server has its turn.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,  # noqa: FBT002 - typer's flags are booleans
) -> None:
    """Serve the voice webhook with Falcon and Python libraries, Express and Go beside ours.

    All check the signature, read both numbers, look the company up among 1,000 and answer a
    document of the same size; ours keeps a call log as well. Peers whose tools are not here are
    left out.
    """
    console = Console(stderr=True)
    with told(console) as folder:
        console.print("making the peers ready")
        others = list(peers(folder, lambda line: console.print(line, style="yellow")))
        stacks = [ours(folder / "store"), hello(DOCUMENT), *others]
        measured, memory = run(stacks, Plan(rounds=rounds), folder, console)
    shown = report.rows(measured, memory, GOALS)
    if as_json:
        sys.stdout.write(json.dumps(report.as_data(shown)) + "\n")
    else:
        report.show(Console(width=report.WIDTH), shown)


if __name__ == "__main__":
    app = typer.Typer(add_completion=False)
    app.command(
        epilog="Examples: python -m benches.peers · python -m benches.peers --rounds 5 --json"
    )(compare)
    app()
