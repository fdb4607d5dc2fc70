"""Counts and failures add up in any order."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from clientsvia.calls.money.usage import Counts, Failures, Spent
from tests.conftest import OPEN

COUNTS = st.builds(Counts, *[st.integers(0, 10**15)] * 11)


@given(
    st.lists(COUNTS, min_size=1).flatmap(
        lambda all_: st.tuples(st.just(all_), st.permutations(all_))
    )
)
def test_no_order_of_adding_makes_another_sum(lists: tuple[list[Counts], list[Counts]]) -> None:
    one, other = (sum(counts, Counts()) for counts in lists)
    assert one == other
    assert one.spent == Spent(one.nano_usd, one.discarded_nano_usd)


def test_the_discarded_share_is_of_the_cost() -> None:
    assert Counts(nano_usd=4, discarded_nano_usd=1).discarded_share == 0.25
    assert Counts().discarded_share == 0
    assert Counts(nano_usd=2_500_000_000).usd == 2.5


def test_the_newest_failure_tells_why() -> None:
    old = Failures(2, OPEN, "old", "wait")
    new = Failures(1, OPEN + timedelta(seconds=1), "new", "mend it")
    assert old + new == new + old == Failures(3, new.last, "new", "mend it")
