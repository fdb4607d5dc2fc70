"""Does the gate notice? Planted slowdowns must fail it, and the same code must pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benches.gate import measuring
from benches.gate.compare import Verdict, compare_counts, compare_ratios
from benches.gate.planted import INSTRUCTIONS, SLEEP
from benches.gate.served import ROUNDS
from benches.gate.subjects import SUBJECTS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from benches.gate.compare import Finding

SHORT = ("verify", "voice")
SLEEP_ROUNDS = 15  # a millisecond is seen at once


def passes(console: Console, runs: int, *, short: bool = False) -> bool:
    """Measure once, then with each slowdown planted, then ``runs`` times the same code.

    ``short`` counts but a function of the core and the webhook.
    """
    names = SHORT if short else tuple(SUBJECTS)
    rounds = SLEEP_ROUNDS if short else ROUNDS
    counts = measuring.counts(console, names=names)
    ratios = measuring.ratios(console, rounds=rounds)
    before = {name: one.middle for name, one in ratios.items()}
    more = compare_counts(counts, measuring.counts(console, names=names, plant=INSTRUCTIONS))
    slept = compare_ratios(before, measuring.ratios(console, rounds=SLEEP_ROUNDS, plant=SLEEP))
    results = [
        _told(console, "5 % more instructions fail", _all_slower(more)),
        _told(console, "a planted sleep of 1 ms fails", _latency_slower(slept)),
    ]
    for run in range(1, runs + 1):
        same = [
            *compare_counts(counts, measuring.counts(console, names=names)),
            *compare_ratios(before, measuring.ratios(console, rounds=rounds)),
        ]
        results.append(_told(console, f"run {run} of the same code passes", _passing(same)))
    return all(results)


def _all_slower(findings: Iterable[Finding]) -> str:
    """What was not noticed; nothing when all was."""
    missed = [one for one in findings if one.verdict is not Verdict.SLOWER]
    return ", ".join(f"{one.subject} {one.change:+.1%}" for one in missed)


def _latency_slower(findings: Iterable[Finding]) -> str:
    p50 = next(one for one in findings if one.subject == "served p50")
    return "" if p50.verdict is Verdict.SLOWER else f"served p50 {p50.change:+.1%}"


def _passing(findings: Iterable[Finding]) -> str:
    return ", ".join(
        f"{one.subject} {one.verdict} {one.change:+.1%}" for one in findings if not one.passes
    )


def _told(console: Console, what: str, fault: str) -> bool:
    console.print(f"NO: {what} ({fault})" if fault else f"yes: {what}", markup=False)
    return not fault
