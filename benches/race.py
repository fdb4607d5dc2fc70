"""Times what does the same task in turn, batch by batch, so that their ratios can be trusted.

pytest-benchmark times one function after the other, and a machine that slows down between two of
them falsifies their ratio. Here every round times a batch of each contestant, in another order
each time. Ours goes into pytest-benchmark's statistics, hence can be compared with earlier runs.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from itertools import repeat
from random import Random
from statistics import median
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from benches.load.ratios import ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pytest_benchmark.fixture import BenchmarkFixture

    from benches.load.ratios import Ratio


OURS = "clientsvia"
ROUNDS = 40
BATCH_NS = 4_000_000
MOST_CALLS = 100_000


@runtime_checkable
class Preparing(Protocol):
    """A loop that makes something ready for each batch."""

    def prepare(self, calls: int, /) -> None:
        """Make ready what the next ``calls`` calls use up."""

    def __call__(self, calls: int, /) -> Any:  # noqa: ANN401 - whatever it is that is timed
        """Run that many calls; the last one's result."""


if TYPE_CHECKING:
    Loop = Callable[[int], Any] | Preparing


@dataclass(frozen=True, slots=True)
class Goal:
    """The most that ours may take: in ns, or as a multiple of a contestant's time."""

    ns: float = 0.0
    times: float = 0.0
    of: str = ""


@dataclass(frozen=True, slots=True)
class Contestant:
    """One contestant's ns a call, round by round, and its ratio to ours."""

    name: str
    rounds: list[float]
    to_ours: Ratio

    @property
    def median(self) -> float:
        """The middle of its rounds."""
        return median(self.rounds)

    @property
    def fastest(self) -> float:
        """Its best round: what is left when nothing disturbs."""
        return min(self.rounds)


@dataclass(frozen=True, slots=True)
class Result:
    """A race that was run: ours first."""

    task: str
    goal: Goal
    contestants: list[Contestant]


@dataclass(slots=True)
class Race:
    """Lets contestants do one task in turn; the fixture ``race`` makes one for each bench."""

    benchmark: BenchmarkFixture
    results: list[Result]
    random: Random = field(default_factory=lambda: Random(7))  # noqa: S311 - an order, no secret

    def __call__(
        self,
        task: str,
        contestants: Mapping[str, Loop],
        *,
        expected: object = None,
        check: Callable[[Any], bool] | None = None,
        goal: Goal = Goal(),
    ) -> None:
        """Check every contestant's result, then time them all; ours comes first."""
        # So it knows that it was used: it has no public way to take batches timed in turn.
        self.benchmark._mode = "race"  # noqa: SLF001 - see above
        for name, loop in contestants.items():
            if isinstance(loop, Preparing):
                loop.prepare(1)
            result = loop(1)
            right = check(result) if check else result == expected
            assert right, f"{name} gave {result!r} for {task!r}"
        if self.benchmark.enabled:
            self._time(task, contestants, goal)

    def _time(self, task: str, contestants: Mapping[str, Loop], goal: Goal) -> None:
        calls = {name: _calls(loop) for name, loop in contestants.items()}
        rounds: dict[str, list[float]] = {name: [] for name in contestants}
        order = list(contestants)
        gc.collect()
        gc.disable()
        for _ in range(ROUNDS):
            self.random.shuffle(order)
            for name in order:
                rounds[name].append(_timed(contestants[name], calls[name]) / calls[name])
        gc.enable()
        ours = next(iter(contestants))
        self._report(rounds[ours], calls[ours])
        told = [
            Contestant(name, times, ratio(times, rounds[ours])) for name, times in rounds.items()
        ]
        self.results.append(Result(task, goal, told))

    def _report(self, rounds: list[float], calls: int) -> None:
        stats = self.benchmark._make_stats(calls)  # type: ignore[no-untyped-call] # noqa: SLF001 - as above
        for ns in rounds:
            stats.update(ns * calls / 1e9)


def _calls(loop: Loop) -> int:
    """How many calls take about as long as a batch should; warms up on the way."""
    calls = 1
    while (took := _timed(loop, calls)) < BATCH_NS / 4 and calls < MOST_CALLS:
        calls = min(MOST_CALLS, max(calls * 2, int(calls * BATCH_NS / 4 / max(took, 1))))
    return max(1, min(MOST_CALLS, int(calls * BATCH_NS / took)))


def _timed(loop: Loop, calls: int) -> int:
    """How long the calls take; what a loop wants to ``prepare`` for them first is not counted."""
    if isinstance(loop, Preparing):
        loop.prepare(calls)
    began = perf_counter_ns()
    loop(calls)
    return perf_counter_ns() - began


def calling(function: Callable[..., Any], *arguments: Any) -> Loop:  # noqa: ANN401 - whatever it takes
    """A loop around one call with the same arguments, which adds about 10 ns to each."""
    if len(arguments) == 1:
        return _calling_one(function, arguments[0])

    def loop(calls: int) -> Any:  # noqa: ANN401 - whatever the function gives
        result = None
        for _ in repeat(None, calls):
            result = function(*arguments)
        return result

    return loop


def _calling_one(function: Callable[[Any], Any], argument: Any) -> Loop:  # noqa: ANN401 - likewise
    """PERF: without the star, which adds as much as a whole lookup."""

    def loop(calls: int) -> Any:  # noqa: ANN401 - likewise
        result = None
        for _ in repeat(None, calls):
            result = function(argument)
        return result

    return loop
