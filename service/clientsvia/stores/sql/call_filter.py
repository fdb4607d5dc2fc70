"""A filter of calls as conditions of SQL: ``log_rules.is_wanted`` in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, literal_column, or_, select, tuple_
from sqlalchemy.sql import column, table

from clientsvia.calls.log_queries import LONGEST_CALL
from clientsvia.stores.sql.spoken import match
from clientsvia.stores.sql.tables import calls, steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import ColumnElement

    from clientsvia.calls.log_queries import CallFilter, Place

NEWEST_FIRST = (calls.c.started_at.desc(), calls.c.call_sid, calls.c.company)

_SPOKEN = table("spoken", column("company"), column("call_sid"), column("spoken"))
# As in the index of these steps, word for word: SQLite takes the index for nothing else.
_RECORDED: ColumnElement[bool] = literal_column(
    "instr(steps.key, ':recorded') > 0 AND json_extract(steps.event, '$.url') <> ''"
)
_SAME_CALL = (steps.c.company == calls.c.company, steps.c.call_sid == calls.c.call_sid)


def conditions(wanted: CallFilter, before: Place | None) -> Iterator[ColumnElement[bool]]:
    """What is true of the calls that are wanted."""
    for name in ("company", "caller"):
        if (value := getattr(wanted, name)) is not None:
            yield calls.c[name] == value
    if wanted.outcome:
        yield calls.c.outcome == wanted.outcome
    if wanted.since is not None:
        yield calls.c.started_at >= wanted.since
    if wanted.until is not None:
        yield calls.c.started_at < wanted.until
    if wanted.live is not None:
        yield _live(wanted.live)
    if wanted.recorded is not None:
        recorded = exists().where(*_SAME_CALL, _RECORDED)
        yield recorded if wanted.recorded else ~recorded
    if asked := match(wanted.text, wanted.company):
        said = select(_SPOKEN.c.company, _SPOKEN.c.call_sid).where(_SPOKEN.c.spoken.match(asked))
        yield tuple_(calls.c.company, calls.c.call_sid).in_(said)
    if before is not None:
        yield _after(before)


def _live(since: datetime) -> ColumnElement[bool]:
    # The bound keeps it quick where nobody tells how calls end, and all look as if they went on.
    heard = exists().where(*_SAME_CALL, steps.c.at >= since)
    return and_(
        calls.c.ended_at.is_(None),
        calls.c.started_at >= since - LONGEST_CALL,
        or_(calls.c.started_at >= since, heard),
    )


def _after(place: Place) -> ColumnElement[bool]:
    at, *rest = place
    return and_(
        calls.c.started_at <= at,  # for the index; what follows is what is meant
        or_(calls.c.started_at < at, tuple_(calls.c.call_sid, calls.c.company) > tuple_(*rest)),
    )
