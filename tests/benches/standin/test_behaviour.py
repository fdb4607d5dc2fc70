from __future__ import annotations

from random import Random
from statistics import median, quantiles

import pytest

from benches.standin.behaviour import Behaviour, Rules, lognormal


def test_delays_have_the_median_and_the_p99_that_were_asked_for() -> None:
    random = Random(1)  # noqa: S311 - delays, not secrets
    drawn = [lognormal(random, 400, 1200) * 1000 for _ in range(20_000)]
    assert median(drawn) == pytest.approx(400, rel=0.03)
    assert quantiles(drawn, n=100)[98] == pytest.approx(1200, rel=0.06)


def test_no_delay_is_none_and_no_spread_is_always_the_same() -> None:
    random = Random(1)  # noqa: S311 - as above
    assert lognormal(random, 0, 0) == 0
    assert {round(lognormal(random, 150, 0), 9) for _ in range(5)} == {0.15}


def test_what_is_told_of_a_key_or_a_model_is_for_them_alone() -> None:
    rules = Rules(Behaviour())
    rules.add({"fault": "stall"}, key="sk-1")
    rules.add({"first_token_ms": 9}, model="gpt-x")
    assert rules.chosen("sk-1", "gpt-x") == Behaviour(first_token_ms=9, fault="stall")
    assert rules.chosen("sk-2", "gpt-y") == Behaviour()


def test_a_later_word_replaces_an_earlier_one() -> None:
    rules = Rules(Behaviour())
    rules.add({"fault": "stall"})
    rules.add({"fault": "cut"})
    assert rules.chosen("", "").fault == "cut"
    rules.clear()
    assert rules.chosen("", "").fault == ""


def test_a_name_at_the_end_of_a_key_or_a_model_is_a_fault_or_a_personality() -> None:
    rules = Rules(Behaviour())
    assert rules.chosen("sk:quota", "gpt:books") == Behaviour(fault="quota", personality="books")
    assert rules.chosen("sk:unheard-of", "gpt") == Behaviour()


@pytest.mark.parametrize("changes", [{"fault": "x"}, {"personality": "x"}, {"x": 1}])
def test_what_cannot_be_done_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="x"):
        Rules(Behaviour()).add(changes)
