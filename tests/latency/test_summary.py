from hypothesis import given
from hypothesis import strategies as st

from clientsvia.latency.summary import by_stage, summarize


def test_percentiles_are_nearest_rank() -> None:
    summary = summarize(range(1, 101))
    assert (summary.n, summary.p50_ns, summary.p95_ns, summary.p99_ns, summary.max_ns) == (
        100,
        50,
        95,
        99,
        100,
    )


def test_one_duration_is_every_percentile() -> None:
    summary = summarize([7])
    assert {summary.p50_ns, summary.p95_ns, summary.p99_ns, summary.max_ns} == {7}


@given(st.lists(st.integers(min_value=0), min_size=1))
def test_percentiles_are_in_order_and_were_measured(durations: list[int]) -> None:
    summary = summarize(durations)
    figures = [summary.p50_ns, summary.p95_ns, summary.p99_ns, summary.max_ns]
    assert figures == sorted(figures)
    assert set(figures) <= set(durations)


def test_stages_keep_their_order_and_end_with_their_total() -> None:
    stages = by_stage([{"parse": 1, "answer": 10}, {"parse": 3, "answer": 20}])
    assert list(stages) == ["parse", "answer", "total"]
    assert stages["total"].max_ns == 23
