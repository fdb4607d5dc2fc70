from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benches.race import Goal, Race, calling

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from benches.race import Result


def test_contestants_are_timed_in_turn_and_ours_comes_first(benchmark: BenchmarkFixture) -> None:
    benchmark.disabled = False
    results: list[Result] = []
    race = Race(benchmark, results)
    race(
        "sum",
        {"one": calling(sum, range(10)), "ten": calling(sum, range(1_000))},
        check=lambda found: found in {45, 499_500},
        goal=Goal(ns=1e9),
    )
    one, ten = results[0].contestants
    assert (one.name, ten.name) == ("one", "ten")
    assert len(one.rounds) == len(ten.rounds)
    assert ten.to_ours.low > 1


def test_a_wrong_result_is_not_timed(benchmark: BenchmarkFixture) -> None:
    with pytest.raises(AssertionError, match="two gave 3"):
        Race(benchmark, [])("add", {"two": calling(sum, [1, 2])}, expected=2)
