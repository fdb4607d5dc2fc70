"""The figures of trials, as data and as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.table import Table

from clientsvia.rehearsal.figures import percentile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from benches.faults.trial import Trial

CAPTION = (
    "ms; neither: questions of the knowledge's that got another answer; asked: requests to model "
    "and voice; calls: of the simulator, and how many of them had a problem"
)


def failed(trials: Sequence[Trial]) -> bool:
    """Whether anything was amiss."""
    return any(trial.tally.wrong or trial.bad_calls for trial in trials)


def as_data(trial: Trial) -> dict[str, Any]:
    """A trial's figures; times in milliseconds."""
    tally = trial.tally
    return {
        "fault": trial.trouble.name,
        "turns": tally.turns,
        "answers": tally.answers,
        "not_g0": tally.not_g0,
        "silent_turns": tally.silent,
        "filler_rate": _share(tally.fillers, tally.turns),
        "model_rate": _share(tally.by_model, tally.turns),
        "knowledge_rate": _share(tally.by_knowledge, tally.turns),
        "unanswered_rate": _share(tally.unanswered, tally.turns),
        "clip_rate": _share(tally.clips, tally.spoken),
        "first_ms": _times(tally.first),
        "webhook_ms": _times(tally.webhooks),
        "turn_ms": _times(tally.waited),
        "asked": trial.asked,
        "seconds": round(trial.seconds, 1),
        "wrong": dict(tally.wrong),
        "samples": tally.samples,
        "calls": trial.calls,
        "bad_calls": list(trial.bad_calls),
    }


def printed(trials: Sequence[Trial], console: Console) -> None:
    """The table, and below it what was amiss."""
    table = Table(
        "fault",
        "turns",
        "answers",
        "not G0",
        "silent",
        "filler",
        "model",
        "knows",
        "neither",
        "clips",
    )
    for name in ("first p50", "p99", "worst", "turn p99", "worst", "asked", "calls", "amiss"):
        table.add_column(name)
    for column in table.columns[1:]:
        column.justify = "right"
    for trial in trials:
        table.add_row(*_row(as_data(trial)))
    table.caption = CAPTION
    console.print(table)
    for trial in trials:
        for problem, count in trial.tally.wrong.most_common():
            console.print(f"[bold]{trial.trouble.name}[/]: {count:,} times {escape(problem)}")
            for sample in trial.tally.samples[problem]:
                console.print(f"    {escape(sample)}", soft_wrap=True)
        for problem in trial.bad_calls[:3]:
            console.print(f"[bold]{trial.trouble.name}[/]: {escape(problem)}", soft_wrap=True)


def _row(data: dict[str, Any]) -> list[str]:
    first, turn, asked = data["first_ms"], data["turn_ms"], data["asked"]
    rates = (
        data[f"{name}_rate"] for name in ("filler", "model", "knowledge", "unanswered", "clip")
    )
    return [
        data["fault"],
        *(f"{data[name]:,}" for name in ("turns", "answers", "not_g0", "silent_turns")),
        *(f"{rate:.0%}" for rate in rates),
        *(f"{first[name]:.0f}" for name in ("p50", "p99", "worst")),
        *(f"{turn[name]:.0f}" for name in ("p99", "worst")),
        f"{asked['model']}/{asked['voice']}",
        f"{data['calls']}, {len(data['bad_calls'])}",
        str(sum(data["wrong"].values())),
    ]


def _times(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    if not ordered:
        return dict.fromkeys(("p50", "p99", "worst"), 0.0)
    times = percentile(ordered, 50), percentile(ordered, 99), ordered[-1]
    return {
        name: round(one * 1000, 1) for name, one in zip(("p50", "p99", "worst"), times, strict=True)
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
