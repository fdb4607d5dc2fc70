from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine

from clientsvia.stores.sql.database import Database
from clientsvia.stores.sql.prepared_answers import SqlPreparedAnswers

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEY = "acme:CA1:3"


@pytest.fixture
async def other(url: str) -> AsyncIterator[SqlPreparedAnswers]:
    opened = Database(url)
    yield SqlPreparedAnswers(opened)
    await opened.close()


async def taken(prepared: SqlPreparedAnswers) -> list[str]:
    return [part async for part in prepared.parts(KEY, 1.0)]


async def test_a_maker_whose_claim_has_passed_to_another_adds_nothing_to_theirs(
    database: Database, other: SqlPreparedAnswers
) -> None:
    slow = SqlPreparedAnswers(database)
    with time_machine.travel(NOON, tick=False):
        await slow.claim(KEY, ttl=30)
        await slow.publish(KEY, "old, ")
    with time_machine.travel(NOON + timedelta(seconds=31), tick=False):
        assert await other.claim(KEY)
        await other.publish(KEY, "new")
        await slow.publish(KEY, "older", last=True)
        await other.publish(KEY, "er", last=True)

        assert await taken(slow) == ["new", "er"]


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(hours=-1)])
async def test_a_clock_that_jumps_frees_keys_instead_of_holding_them(
    database: Database, jump: timedelta
) -> None:
    prepared = SqlPreparedAnswers(database)
    with time_machine.travel(NOON, tick=False):
        await prepared.claim(KEY)
    with time_machine.travel(NOON + jump, tick=False):
        assert await prepared.claim(KEY)


async def test_what_is_forgotten_leaves_nothing_behind(database: Database) -> None:
    prepared = SqlPreparedAnswers(database)
    with time_machine.travel(NOON, tick=False):
        await prepared.claim(KEY)
        await prepared.publish(KEY, "words")
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        await prepared.claim("another")

    rows = await database.fetch("SELECT part FROM prepared_parts", {})
    assert rows == []
