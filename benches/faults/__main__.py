"""G0 under faults: ``python -m benches.faults`` plays callers while everything goes wrong."""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from benches.faults.report import as_data, failed, printed
from benches.faults.trial import Plan, tried
from benches.faults.troubles import TROUBLES

NAMES = ", ".join(trouble.name for trouble in TROUBLES)


def faults(  # noqa: PLR0913 - the command line's options
    *,
    turns: Annotated[int, typer.Option(min=1, help="Turns of provider faults in all.")] = 10_000,
    redis_turns: Annotated[
        int | None, typer.Option(min=1, help="Turns of Redis faults in all; as many, if not given.")
    ] = None,
    fault: Annotated[list[str] | None, typer.Option(help=f"One, or several: {NAMES}.")] = None,
    callers: Annotated[int, typer.Option(min=1, help="Calls at once.")] = 100,
    calls: Annotated[int, typer.Option(min=0, help="Simulated calls after each fault.")] = 20,
    margin: Annotated[float, typer.Option(help="Seconds that a noisy machine may add.")] = 1.0,
    pause: Annotated[float, typer.Option(min=0, help="Mean seconds between turns.")] = 2.5,
    seed: Annotated[int, typer.Option(help="Equal seeds ask equal questions.")] = 1,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,
) -> None:
    """Play turns against the real service while its model, its voice and its Redis fail.

    Ends with 1 when an answer breaks G0, a turn is silent, or anything else is heard amiss.
    """
    if unknown := set(fault or ()) - {trouble.name for trouble in TROUBLES}:
        raise typer.BadParameter(f"no fault is called {', '.join(unknown)}; there are {NAMES}")
    chosen = [trouble for trouble in TROUBLES if not fault or trouble.name in fault]
    totals = {"provider": turns, "redis": redis_turns or turns, "none": 0}
    trials = []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for trouble in chosen:
            alike = sum(one.group == trouble.group for one in chosen)
            share = -(-totals[trouble.group] // alike) or min(turns, 500)
            task = progress.add_task(trouble.name, total=share)
            plan = Plan(share, callers, calls, margin, pause, seed)
            trials.append(tried(trouble, plan, partial(progress.advance, task)))
    if as_json:
        sys.stdout.write(json.dumps([as_data(trial) for trial in trials], indent=2) + "\n")
    else:
        printed(trials, Console(width=150))
    raise typer.Exit(failed(trials))


if __name__ == "__main__":
    app = typer.Typer(add_completion=False)
    app.command(
        epilog="Examples: python -m benches.faults · "
        "python -m benches.faults --turns 200 --fault model-stall --fault redis-frozen --json"
    )(faults)
    app()
