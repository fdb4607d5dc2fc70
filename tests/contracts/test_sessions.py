from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.admin.access.ports import Session
from tests.contracts.people import added, somebody
from tests.contracts.samples import NOON

if TYPE_CHECKING:
    from tests.contracts.workers import Worker

HOUR = timedelta(hours=1)


async def begun(worker: Worker, name: str, user_id: str = "ada", hours: int = 0) -> Session:
    at = NOON + hours * HOUR
    session = Session(name, user_id, at, at, "192.0.2.7", 'Firefox; "120"')
    await worker.access.sessions.add(session, f"digest of {name}")
    return session


async def test_a_session_is_found_by_its_digest_alone(worker: Worker, other: Worker) -> None:
    await added(worker, somebody())
    one = await begun(worker, "one")

    assert await other.access.sessions.find("digest of one") == one
    assert await other.access.sessions.find("one") is None


async def test_the_sessions_of_a_user_begin_with_the_last_seen(
    worker: Worker, other: Worker
) -> None:
    await added(worker, somebody(), somebody("bob"))
    one, two = await begun(worker, "one"), await begun(worker, "two", hours=1)
    await begun(worker, "three", "bob")
    assert await other.access.sessions.of("ada") == [two, one]

    await other.access.sessions.seen("one", NOON + 2 * HOUR)

    assert await worker.access.sessions.of("ada") == [replace(one, seen_at=NOON + 2 * HOUR), two]


async def test_a_session_is_ended_by_its_user_alone(worker: Worker, other: Worker) -> None:
    await added(worker, somebody(), somebody("bob"))
    one = await begun(worker, "one")

    await other.access.sessions.end("bob", "one")
    assert await worker.access.sessions.find("digest of one") == one
    await other.access.sessions.end("ada", "one")
    assert await worker.access.sessions.find("digest of one") is None


async def test_all_of_a_user_end_but_the_one_that_is_kept(worker: Worker) -> None:
    await added(worker, somebody(), somebody("bob"))
    one, _, bobs = (
        await begun(worker, "one"),
        await begun(worker, "two"),
        await begun(worker, "three", "bob"),
    )

    await worker.access.sessions.end_all("ada", but="one")
    assert await worker.access.sessions.of("ada") == [one]
    await worker.access.sessions.end_all("ada")
    assert await worker.access.sessions.of("ada") == []
    assert await worker.access.sessions.of("bob") == [bobs]


async def test_old_sessions_and_idle_ones_are_forgotten(worker: Worker) -> None:
    await added(worker, somebody())
    for name, begins in (("old", 0), ("idle", 2), ("fresh", 2)):
        await begun(worker, name, hours=begins)
    for name in ("old", "fresh"):
        await worker.access.sessions.seen(name, NOON + 4 * HOUR)

    await worker.access.sessions.forget(begun_before=NOON + HOUR, seen_before=NOON + 3 * HOUR)

    assert [one.id for one in await worker.access.sessions.of("ada")] == ["fresh"]
