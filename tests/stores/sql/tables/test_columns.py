from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite import dialect

from clientsvia.stores.sql.tables import calls, entries, insert_text, time_text

ZONES = st.integers(min_value=-720, max_value=720).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)


@given(
    st.datetimes(
        min_value=datetime(1971, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        max_value=datetime(2200, 1, 1),  # noqa: DTZ001 - likewise
        timezones=ZONES,
    )
)
def test_a_time_is_written_alike_with_and_without_sqlalchemy(at: datetime) -> None:
    column_type = calls.c.started_at.type.dialect_impl(dialect())
    bind = column_type.bind_processor(dialect())
    read = column_type.result_processor(dialect(), None)
    assert bind is not None
    assert read is not None

    assert bind(at) == time_text(at)
    assert read(time_text(at)) == at


def test_an_insert_leaves_the_numbering_of_rows_to_the_database() -> None:
    assert insert_text(entries) == (
        "INSERT INTO entries (call_sid, company, kind, at, data) "
        "VALUES (:call_sid, :company, :kind, :at, :data) ON CONFLICT DO NOTHING"
    )
    assert ":call_sid" in insert_text(calls)
