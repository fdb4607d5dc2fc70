"""The one table that ``make bench`` prints: ours beside what else there is, with our goals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from benches.race import Contestant, Goal, Result


def table(results: Iterable[Result]) -> Table:
    """A row for each contestant of each task."""
    shown = Table("task", "who", "median ns", "best ns", "takes", "goal", "")
    for column in shown.columns:
        column.no_wrap = True
    for column in shown.columns[2:5]:
        column.justify = "right"
    for result in results:
        ours, *others = result.contestants
        goal = judged(result)
        style = "green" if goal["met"] else "red" if goal["met"] is False else ""
        said = f"[{style}]{goal['said']}[/]" if style else ""
        shown.add_row(result.task, *_figures(ours), "", goal["goal"], said, style="bold")
        for other in others:
            ratio = other.to_ours
            shown.add_row("", *_figures(other), f"{_short(ratio.middle)} x ours")
        shown.add_section()
    return shown


def _figures(one: Contestant) -> tuple[str, str, str]:
    return one.name, f"{one.median:,.0f}", f"{one.fastest:,.0f}"


def _short(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2f}"


def judged(result: Result) -> dict[str, Any]:
    """The goal in words, whether it is met, and by how much.

    A goal in ns is held against the best round, since all else is other people's load; a goal
    as a multiple against the median ratio of rounds.
    """
    goal = result.goal
    if not goal.ns and not goal.times:
        return {"goal": "", "met": None, "said": ""}
    if goal.ns:
        reached, wanted = result.contestants[0].fastest, goal.ns
    else:
        other = next(one for one in result.contestants if one.name == goal.of)
        reached, wanted = 1 / other.to_ours.middle, goal.times
    met = reached <= wanted
    said = "met" if met else f"missed: {_short(reached / wanted)} x as much"
    return {"goal": _goal(goal), "met": met, "said": said}


def _goal(goal: Goal) -> str:
    return f"{goal.ns:,.0f} ns" if goal.ns else f"{goal.times:g} x {goal.of}"


def as_data(results: Iterable[Result]) -> Iterator[dict[str, Any]]:
    """The same as JSON takes it."""
    for result in results:
        yield {
            "task": result.task,
            **judged(result),
            "contestants": [
                {
                    "who": one.name,
                    "median_ns": round(one.median, 1),
                    "best_ns": round(one.fastest, 1),
                    "of_ours": [round(part, 3) for part in _parts(one)],
                }
                for one in result.contestants
            ],
        }


def _parts(one: Contestant) -> tuple[float, float, float]:
    return one.to_ours.low, one.to_ours.middle, one.to_ours.high
