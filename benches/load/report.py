"""How load is told: a row for each server, with what is reached of our goals."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

from rich.table import Table

from benches.load.ratios import ratio
from benches.load.stacks import HELLO, OURS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.console import Console

    from benches.load.process import Memory
    from benches.load.ratios import Ratio
    from benches.load.rounds import Measured

    Judged = tuple[Ratio | None, str, bool | None]

HELLO_GOAL = 1.35
P99_GOAL_MS = 0.5
MEMORY_GOAL_MB = 80
WIDTH = 160


@dataclass(frozen=True, slots=True)
class Row:
    """One server's medians; ``cpu_ratio`` is its CPU a request in times of ours.

    For hello, ``cpu_ratio`` is the other way round: ours in times of hello's.
    """

    name: str
    cpu_us: float
    per_second: float
    single_p50_ms: float
    timed_p50_ms: float
    timed_p99_ms: float
    best_p99_ms: float
    resident_mb: float
    proportional_mb: float
    cpu_ratio: Ratio | None
    goal: str = ""
    met: bool | None = None


def rows(
    measured: Mapping[str, Measured], memory: Mapping[str, Memory], goals: Mapping[str, float]
) -> list[Row]:
    """A row for each server, ours first; ``goals`` are the least multiples of our CPU."""
    ours = measured[OURS]
    return [
        _row(name, one, memory[name], _judged(name, one, ours, goals))
        for name, one in measured.items()
    ]


def _judged(name: str, one: Measured, ours: Measured, goals: Mapping[str, float]) -> Judged:
    if name == OURS:
        return None, "", None
    if name == HELLO:
        reached = ratio(ours.cpu_us, one.cpu_us)
        return reached, f"ours ≤ {HELLO_GOAL} x", reached.middle <= HELLO_GOAL
    reached = ratio(one.cpu_us, ours.cpu_us)
    goal = goals.get(name)
    return (
        reached,
        f"≥ {goal:g} x ours" if goal else "",
        reached.middle >= goal if goal else None,
    )


def _row(name: str, one: Measured, memory: Memory, judged: Judged) -> Row:
    return Row(
        name,
        median(one.cpu_us),
        median(one.per_second),
        median(one.single_p50_ms),
        median(one.timed_p50_ms),
        median(one.timed_p99_ms),
        min(one.timed_p99_ms),
        memory.resident,
        memory.proportional,
        *judged,
    )


def show(console: Console, shown: list[Row]) -> None:
    """The table, and what ours reaches by itself."""
    table = Table(
        "server",
        "CPU µs a request",
        "CPU",
        "goal",
        "",
        "requests/s",
        "p50 ms, one caller",
        "p50 ms at 1,000/s",
        "p99 ms (best round)",
        "MB (shared fairly)",
    )
    for row in shown:
        colour = "green" if row.met else "red"
        table.add_row(
            row.name,
            f"{row.cpu_us:.1f}",
            _ratio(row),
            row.goal,
            "" if row.met is None else f"[{colour}]{'met' if row.met else 'missed'}[/]",
            f"{row.per_second:,.0f}",
            f"{row.single_p50_ms:.3f}",
            f"{row.timed_p50_ms:.3f}",
            f"{row.timed_p99_ms:.2f} ({row.best_p99_ms:.2f})",
            f"{row.resident_mb:.0f} ({row.proportional_mb:.0f})",
        )
    console.print(table)
    ours = shown[0]
    for what, reached, goal, unit in (
        ("p99 at 1,000/s, best round", ours.best_p99_ms, P99_GOAL_MS, "ms"),
        ("memory of a worker", ours.resident_mb, MEMORY_GOAL_MB, "MB"),
    ):
        verdict = "met" if reached <= goal else "missed"
        console.print(f"{what}: {reached:.2f} {unit}, goal {goal} {unit}: {verdict}")


def _ratio(row: Row) -> str:
    if row.cpu_ratio is None:
        return ""
    return f"ours {row.cpu_ratio} x" if row.name == HELLO else f"{row.cpu_ratio} x ours"


def as_data(shown: list[Row]) -> list[dict[str, Any]]:
    """The rows as JSON takes them."""
    return [asdict(row) for row in shown]
