from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from clientsvia.notices.patience import ATTEMPTS, PAUSES, after_quiet, next_try
from tests.notices.samples import AT, company


def test_pauses_grow_and_the_last_is_repeated_for_a_day() -> None:
    moments = [AT]
    for attempts in range(1, ATTEMPTS):
        again = next_try(attempts, moments[-1])
        assert again is not None
        moments.append(again)

    pauses = [later - before for before, later in pairwise(moments)]
    assert tuple(pauses[: len(PAUSES)]) == PAUSES
    assert set(pauses[len(PAUSES) :]) == {PAUSES[-1]}
    assert timedelta(hours=24) < moments[-1] - AT < timedelta(hours=25)
    assert next_try(ATTEMPTS, moments[-1]) is None


@pytest.mark.parametrize(
    ("quiet", "at", "expected"),
    [
        # In November New York is five hours behind UTC, in July four.
        ("21:00-07:00", "2026-11-18T15:00", "2026-11-18T15:00"),
        ("21:00-07:00", "2026-11-19T02:00", "2026-11-19T12:00"),
        ("21:00-07:00", "2026-11-19T11:59", "2026-11-19T12:00"),
        ("21:00-07:00", "2026-11-19T12:00", "2026-11-19T12:00"),
        ("21:00-07:00", "2026-07-19T10:59", "2026-07-19T11:00"),
        ("12:00-13:00", "2026-11-18T17:30", "2026-11-18T18:00"),
        ("18:00-24:00", "2026-11-19T04:00", "2026-11-19T05:00"),
        ("00:00-06:00", "2026-11-18T05:00", "2026-11-18T11:00"),
        # The night in which clocks are set back, and that in which they are set forward.
        ("21:00-07:00", "2026-11-01T04:00", "2026-11-01T12:00"),
        ("21:00-07:00", "2026-03-08T04:00", "2026-03-08T11:00"),
        # An end within the hour that is repeated or skipped.
        ("22:00-01:30", "2026-11-01T05:15", "2026-11-01T05:30"),
        ("22:00-01:30", "2026-11-01T06:15", "2026-11-01T06:15"),
        ("22:00-02:30", "2026-03-08T06:59", "2026-03-08T07:30"),
    ],
)
def test_what_falls_into_quiet_hours_is_due_at_their_end(
    quiet: str, at: str, expected: str
) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    due = datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert after_quiet(company(quiet=quiet), moment) == due


def test_without_quiet_hours_any_moment_will_do() -> None:
    assert after_quiet(company(), AT) == AT
