from __future__ import annotations

from datetime import timedelta
from functools import reduce
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.stores.log_rules import FINAL_STATUSES, change_of, change_of_step, changed, told
from tests.contracts.samples import NOON, entry, ringing, step

if TYPE_CHECKING:
    from clientsvia.calls.ports import LogEntry, LoggedCall

CALL = [
    ringing(),
    entry("status", seconds=4, status="in-progress"),
    entry("status", seconds=50, status="completed"),
    entry("partial", seconds=2, text="hello"),
]


def after(*entries: LogEntry) -> LoggedCall | None:
    changes = (change for one in entries if (change := change_of(one)) is not None)
    return reduce(changed, changes, None)


@given(st.permutations(CALL))
def test_the_order_in_which_callbacks_arrive_does_not_matter(entries: list[LogEntry]) -> None:
    call = after(*entries)

    assert call is not None
    assert (call.started_at, call.ended_at) == (NOON, NOON + timedelta(seconds=50))
    assert (call.status, call.caller) == ("completed", "+15551234567")


@pytest.mark.parametrize("status", sorted(FINAL_STATUSES))
def test_every_final_status_ends_a_call(status: str) -> None:
    call = after(ringing(), entry("status", seconds=1, status=status))

    assert call is not None
    assert call.ended_at == NOON + timedelta(seconds=1)


@pytest.mark.parametrize("kind", ["partial", "timing"])
def test_other_entries_tell_nothing_of_their_call(kind: str) -> None:
    assert change_of(entry(kind, status="completed")) is None


def test_an_outcome_counts_from_any_entry() -> None:
    with_outcome = change_of(entry("partial", outcome="message", status="completed"))

    assert with_outcome is not None
    assert (with_outcome.outcome, with_outcome.status) == ("message", "")


@pytest.mark.parametrize("outcome", [None, ""])
def test_a_step_without_an_outcome_leaves_the_last_one(outcome: str | None) -> None:
    call = changed(None, change_of_step(step(answered={"outcome": "answered"})))

    assert changed(call, change_of_step(step(answered={"outcome": outcome}))).outcome == "answered"


def test_of_nothing_nothing_is_told() -> None:
    assert told(None, [], []) is None
