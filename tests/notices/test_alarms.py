from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.errors import StoreUnavailable
from clientsvia.notices.alarms import Alarm, Alarms
from clientsvia.notices.notice import NoticeKind
from clientsvia.stores.memory.outbox import MemoryOutbox
from tests.notices.samples import Clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.notices.notice import Notice


async def told(outbox: MemoryOutbox) -> list[dict[str, Any]]:
    return [dict(one.data) for one in await outbox.unaddressed()]


async def test_what_happens_often_is_told_once_an_hour_with_how_often() -> None:
    clock, outbox = Clock(), MemoryOutbox()
    alarms = Alarms(clock)
    for _ in range(3):
        alarms.note(Alarm.SIGNATURE, "acme", "no signature", "see it")
    await alarms.flush(outbox)
    (notice,) = await outbox.unaddressed()
    assert (notice.company, notice.kind) == ("", NoticeKind.OPERATOR)
    assert notice.data["count"] == 3
    assert notice.data["company"] == "acme"
    assert (notice.data["found"], notice.data["remedy"]) == ("no signature", "see it")
    assert await told(outbox)

    clock.move(minutes=1)
    alarms.note(Alarm.SIGNATURE, "acme", "another", "see it")
    clock.move(minutes=58)
    await alarms.flush(outbox)
    assert len(await outbox.unaddressed()) == 1
    assert alarms.waiting
    clock.move(minutes=1)
    await alarms.flush(outbox)
    assert [one["count"] for one in await told(outbox)] == [3, 1]


async def test_companies_and_kinds_are_told_apart() -> None:
    outbox, alarms = MemoryOutbox(), Alarms(Clock())
    alarms.note(Alarm.SIGNATURE, "acme", "a", "b")
    alarms.note(Alarm.SIGNATURE, "miller", "a", "b")
    alarms.note(Alarm.FALLBACK, "acme", "a", "b")
    await alarms.flush(outbox)
    assert len(await told(outbox)) == 3


async def test_two_workers_tell_the_same_once() -> None:
    outbox, clock = MemoryOutbox(), Clock()
    for alarms in (Alarms(clock), Alarms(clock)):
        alarms.note(Alarm.FALLBACK, "acme", "a", "b")
        await alarms.flush(outbox)
    assert len(await told(outbox)) == 1


class Broken(MemoryOutbox):
    async def add(self, _notices: Sequence[Notice]) -> None:
        raise StoreUnavailable("the disk is full")


async def test_what_a_store_does_not_take_is_told_later() -> None:
    alarms = Alarms(Clock())
    alarms.note(Alarm.FALLBACK, "acme", "a", "b")
    with pytest.raises(StoreUnavailable):
        await alarms.flush(Broken())
    assert alarms.waiting
    outbox = MemoryOutbox()
    await alarms.flush(outbox)
    assert [one["count"] for one in await told(outbox)] == [1]
