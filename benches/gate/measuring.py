"""Takes a whole measurement: instructions first, then the real server."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from benches.gate import callgrind, served
from benches.gate.planted import INSTRUCTIONS, SLEEP
from benches.gate.subjects import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from benches.gate.callgrind import Count
    from benches.load.ratios import Ratio

SERVICE = callgrind.ROOT / "service"


def counts(
    console: Console,
    package: Path = SERVICE,
    names: Sequence[str] = tuple(SUBJECTS),
    plant: str = "",
) -> dict[str, Count]:
    """Instructions of each subject, with a bar on the console."""
    with _bar(console) as bar:
        task = bar.add_task("counting instructions", total=len(names))
        return callgrind.count(
            names,
            package,
            plant=INSTRUCTIONS if plant == INSTRUCTIONS else "",
            tell=lambda name: bar.update(task, advance=1, description=f"counted {name}"),
        )


def ratios(
    console: Console, package: Path = SERVICE, rounds: int = served.ROUNDS, plant: str = ""
) -> dict[str, Ratio]:
    """The real server's ratios to hello, with a bar on the console."""
    with _bar(console) as bar:
        task = bar.add_task("serving, in turn with hello", total=rounds)
        return served.ratios(
            package,
            plant=SLEEP if plant == SLEEP else "",
            rounds=rounds,
            tell=lambda: bar.advance(task),
        )


def beside(console: Console, base: Path) -> dict[str, Ratio]:
    """The real server's ratios to that of another package, in turn with it."""
    with _bar(console) as bar:
        task = bar.add_task("serving, in turn with the base", total=served.ROUNDS)
        return served.beside(SERVICE, base, tell=lambda: bar.advance(task))


def _bar(console: Console) -> Progress:
    columns = (TextColumn("{task.description:32}"), BarColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)
