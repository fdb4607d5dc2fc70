from __future__ import annotations

from clientsvia.rehearsal.figures import Bounds, figures, judged, percentile
from clientsvia.rehearsal.pairs import Pair
from clientsvia.rehearsal.speculating import Measured


def test_percentiles_are_those_of_the_nearest_rank() -> None:
    values = [float(n) for n in range(1, 101)]
    assert [percentile(values, p) for p in (50, 90, 99)] == [50, 90, 99]
    assert percentile([3.0], 99) == 3.0


def test_turns_become_shares_and_milliseconds() -> None:
    measured = [
        Measured(waited=0.0, prepared=True, generations=2, tokens_wasted=30),
        Measured(waited=1.5, prepared=False, generations=4, tokens_wasted=10),
        Measured(waited=0.5, prepared=True, generations=3, tokens_wasted=2),
    ]
    found = figures("some", measured, Bounds(1.0, 0.0), default=True)
    assert (found.turns, found.p50_ms, found.p99_ms) == (3, 500.0, 1500.0)
    assert (found.saving_vs_oracle, found.hit_rate, found.filler_rate) == (0.5, 0.667, 0.333)
    assert (found.generations_per_turn, found.tokens_wasted) == (3.0, 14.0)


def test_an_oracle_that_saves_nothing_is_no_measure() -> None:
    assert Bounds(1.0, 1.0).saving(0.5) is None


def test_the_label_judges_the_matcher() -> None:
    pairs = [
        Pair("open", "Open?", "words", same=True),
        Pair("open", "shut", "words", same=True),
        Pair("open", "not open", "negation", same=False),
        Pair("open", "Open.", "planted", same=False),
    ]
    found = judged(pairs)
    assert (found.changed, found.false_accepts, found.noise, found.noise_accepted) == (2, 1, 2, 1)
    assert [pair.kind for pair in found.mistakes] == ["words", "planted"]
