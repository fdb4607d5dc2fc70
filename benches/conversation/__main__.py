"""Conversations over HTTP in real time, and rehearsed: ``python -m benches.conversation FILE``."""

from __future__ import annotations

import json
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from benches.conversation.plot import drawn
from benches.conversation.trial import ORACLE, Trial, heard, tried

POLICIES = ("none", ORACLE, "balanced", "eager")
WITHIN = 0.15
"""How far real time may be from the rehearsal."""


def conversation(
    file: Annotated[Path, typer.Argument(help="What callers said: dialogue, turn, text.")],
    *,
    turns: Annotated[int, typer.Option(min=1, help="Turns under each policy.")] = 600,
    callers: Annotated[int, typer.Option(min=1, help="Calls at once.")] = 40,
    policy: Annotated[list[str] | None, typer.Option(help="A policy; repeat for several.")] = None,
    seed: Annotated[int, typer.Option(help="Equal seeds make equal noise.")] = 1,
    plot: Annotated[Path | None, typer.Option(help="Draw an SVG picture there.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,
) -> None:
    """Hold conversations with two workers, Valkey, and a model and a voice that take their time.

    Each turn is said once over HTTP in real time and once in virtual time, with the same noise.
    """
    said = heard(file, turns, seed)
    names = policy or list(POLICIES)
    trials = []
    with Progress(console=Console(stderr=True), transient=True) as progress:
        for name in names:
            task = progress.add_task(name, total=len(said))
            with tempfile.TemporaryDirectory() as folder:
                done = partial(progress.advance, task)
                trials.append(tried(name, said, callers, Path(folder), done))
    if plot is not None:
        plot.write_text(drawn(trials))
    if as_json:
        sys.stdout.write(json.dumps([as_data(trial, trials) for trial in trials], indent=2) + "\n")
    else:
        Console(width=110).print(_table(trials))


def as_data(trial: Trial, trials: list[Trial]) -> dict[str, Any]:
    """A trial's figures; times in milliseconds, the saving as a share of the oracle's."""
    figures: dict[str, Any] = {"policy": trial.policy, "turns": len(trial.real)}
    for percent in (50, 90, 99):
        real, virtual = trial.p(percent)
        figures |= {f"p{percent}_ms": round(real, 1), f"rehearsed_p{percent}_ms": round(virtual, 1)}
    medians = {one.policy: one.p(50) for one in trials}
    if {"none", ORACLE} <= medians.keys():
        for place, name in enumerate(("saving_vs_oracle", "rehearsed_saving")):
            none, oracle = medians["none"][place], medians[ORACLE][place]
            figures[name] = round((none - trial.p(50)[place]) / (none - oracle), 3)
    return figures | {
        "generations_per_turn": round(trial.generations, 2),
        "rehearsed_generations": round(trial.rehearsed_generations, 2),
        "filler_rate": round(trial.fillers, 3),
        "longest_webhook_ms": round(trial.longest * 1000, 1),
    }


def _table(trials: list[Trial]) -> Table:
    shown = Table(
        "policy", "turns", "p50", "p90", "p99", "saving", "generations", "fillers", "longest"
    )
    for column in shown.columns[1:]:
        column.justify = "right"
    for trial in trials:
        data = as_data(trial, trials)
        times = [f"{data[f'p{n}_ms']:.0f} ({data[f'rehearsed_p{n}_ms']:.0f})" for n in (50, 90, 99)]
        saving = ""
        if "saving_vs_oracle" in data:
            saving = f"{data['saving_vs_oracle']:.0%} ({data['rehearsed_saving']:.0%})"
        generations = f"{trial.generations:.2f} ({trial.rehearsed_generations:.2f})"
        rest = f"{trial.fillers:.1%}", f"{trial.longest * 1000:.0f}"
        shown.add_row(trial.policy, str(len(trial.real)), *times, saving, generations, *rest)
    shown.caption = "ms from the final words to the answer over HTTP; in brackets as rehearsed"
    return shown


if __name__ == "__main__":
    app = typer.Typer(add_completion=False)
    app.command(
        epilog="Examples: python -m benches.conversation turns.tsv · "
        "python -m benches.conversation turns.tsv --turns 200 --policy balanced --json"
    )(conversation)
    app()
