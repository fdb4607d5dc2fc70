from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from clientsvia.providers.clock import StartedClock, SystemClock

if TYPE_CHECKING:
    from clientsvia.calls.ports import Clock

START = datetime(2026, 12, 25, 10, tzinfo=timezone(timedelta(hours=-5)))


@pytest.mark.parametrize("clock", [SystemClock(), StartedClock(START)])
def test_the_time_is_aware_in_utc_and_never_goes_back(clock: Clock) -> None:
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert first <= second


def test_a_started_clock_begins_where_it_was_set() -> None:
    assert timedelta(0) <= StartedClock(START).now() - START < timedelta(seconds=5)


def test_the_system_clock_tells_the_time_of_the_machine() -> None:
    assert abs(SystemClock().now() - datetime.now(UTC)) < timedelta(seconds=5)
