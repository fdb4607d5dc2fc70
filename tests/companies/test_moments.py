"""Moments as people write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from clientsvia.companies.moments import coming, moment
from clientsvia.errors import InvalidInput

NEW_YORK = ZoneInfo("America/New_York")
TEN = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)  # 10:00 in New York


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "2026-11-24T10:00:00-05:00"),
        ("2026-12-24T18:30", "2026-12-24T18:30:00-05:00"),
        ("2026-12-24T18:30Z", "2026-12-24T13:30:00-05:00"),
        ("2026-07-04", "2026-07-04T00:00:00-04:00"),
    ],
)
def test_a_moment_is_on_the_companys_clock_unless_it_has_an_offset(text: str, found: str) -> None:
    assert moment(text, NEW_YORK, TEN).isoformat() == found


@pytest.mark.parametrize(
    ("text", "now", "found"),
    [
        ("14:00", "2026-11-24T15:00", "2026-11-24T14:00:00-05:00"),
        ("10:00", "2026-11-24T15:00", "2026-11-25T10:00:00-05:00"),
        ("09:00", "2026-11-24T15:00", "2026-11-25T09:00:00-05:00"),
        ("2026-11-24T10:01", "2026-11-24T15:00", "2026-11-24T10:01:00-05:00"),
        ("02:30", "2026-03-08T06:00", "2026-03-08T03:00:00-04:00"),  # skipped that night
        ("01:30", "2026-11-01T05:00", "2026-11-01T01:30:00-04:00"),  # shown twice that night
        ("01:30", "2026-11-01T05:45", "2026-11-02T01:30:00-05:00"),
    ],
)
def test_a_time_without_a_date_is_the_next_on_the_companys_clock(
    text: str, now: str, found: str
) -> None:
    assert coming(text, NEW_YORK, datetime.fromisoformat(now + "+00:00")).isoformat() == found


@pytest.mark.parametrize("text", ["2026-11-24T10:00", "2020-01-01"])
def test_what_is_over_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="write a time to come"):
        coming(text, NEW_YORK, TEN)


@pytest.mark.parametrize("text", ["noon", "25:00", "24.12."])
def test_what_is_no_moment_says_how_to_write_one(text: str) -> None:
    with pytest.raises(InvalidInput, match="2026-12-24T18:30"):
        coming(text, NEW_YORK, TEN)
