"""Many timelines in a few figures."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Summary:
    """Nearest-rank percentiles of ``n`` durations, in nanoseconds."""

    n: int
    p50_ns: int
    p95_ns: int
    p99_ns: int
    max_ns: int


def summarize(durations: Sequence[int]) -> Summary:
    """The summary of at least one duration."""
    ordered = sorted(durations)

    def rank(percent: int) -> int:
        return ordered[max(0, ceil(percent * len(ordered) / 100) - 1)]

    return Summary(len(ordered), rank(50), rank(95), rank(99), ordered[-1])


def by_stage(runs: Sequence[Mapping[str, int]]) -> dict[str, Summary]:
    """The summary of each stage over several runs, and of their sum as ``total``."""
    stages = list(dict.fromkeys(stage for run in runs for stage in run))
    summaries = {stage: summarize([run[stage] for run in runs if stage in run]) for stage in stages}
    return summaries | {"total": summarize([sum(run.values()) for run in runs])}
