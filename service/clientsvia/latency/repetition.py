"""Repeats one turn in the process and tells where its time goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.latency.summary import by_stage
from clientsvia.latency.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from clientsvia.latency.summary import Summary

WARM_UP_RUNS = 3


async def time_turn(turn: Callable[[Timeline], Awaitable[None]], runs: int) -> dict[str, Summary]:
    """Run ``turn``, which marks its stages, ``runs`` times after a warm-up."""
    measured = []
    for _ in range(WARM_UP_RUNS + runs):
        timeline = Timeline()
        await turn(timeline)
        measured.append(timeline.segments)
    return by_stage(measured[WARM_UP_RUNS:])
