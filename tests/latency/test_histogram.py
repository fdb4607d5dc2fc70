from __future__ import annotations

import random

import pytest

from clientsvia.latency.histogram import Histogram
from clientsvia.latency.summary import Summary, summarize


def histogram(*durations: int) -> Histogram:
    counted = Histogram()
    for duration in durations:
        counted.add(duration)
    return counted


def test_percentiles_are_those_of_all_durations_within_a_little() -> None:
    chance = random.Random(3)  # noqa: S311 - the same sample every time
    durations = [round(chance.lognormvariate(14, 1.5)) for _ in range(5000)]

    found, exact = histogram(*durations).summary(), summarize(durations)

    assert (found.n, found.max_ns) == (exact.n, exact.max_ns)
    for name in ("p50_ns", "p95_ns", "p99_ns"):
        assert getattr(found, name) == pytest.approx(getattr(exact, name), rel=0.016), name


@pytest.mark.parametrize("duration", [0, 1, 63, 64, 65, 1_000_003, 10**12])
def test_a_single_duration_is_told_as_it_is(duration: int) -> None:
    found = histogram(duration).summary()

    assert found.max_ns == duration
    assert found.p50_ns == found.p99_ns == pytest.approx(duration, rel=0.016)


def test_short_durations_are_exact() -> None:
    assert histogram(*range(1, 64)).summary() == Summary(63, 32, 60, 63, 63)


def test_what_is_merged_counts_as_if_it_had_been_added() -> None:
    one, other = histogram(5, 700, 12_345), histogram(700, 9_999_999)
    one.merge(other)

    assert one.summary() == histogram(5, 700, 12_345, 700, 9_999_999).summary()
    assert (len(one), len(other)) == (4, 2)


def test_a_clock_that_went_back_counts_as_nothing() -> None:
    assert histogram(-5).summary() == Summary(1, 0, 0, 0, 0)
