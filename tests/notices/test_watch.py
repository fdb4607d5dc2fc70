from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.calls.money.usage import ErrorKey, Failures
from clientsvia.calls.money.usage import Notice as Reached
from clientsvia.errors import StoreUnavailable
from clientsvia.notices import watch as module
from clientsvia.notices.alarms import Alarm, Alarms
from clientsvia.notices.notice import NoticeKind
from clientsvia.notices.watch import Watch
from clientsvia.stores.memory.outbox import MemoryOutbox
from clientsvia.stores.memory.usage import MemoryUsage
from tests.notices.samples import AT, Clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from clientsvia.notices.notice import Notice

REFUSED = ErrorKey("acme", AT, "openai", "KeyRefused")
FAILED = Failures(2, AT + timedelta(minutes=5), "the key is wrong", "correct it")


@dataclass
class Watched:
    clock: Clock = field(default_factory=Clock)
    outbox: MemoryOutbox = field(default_factory=MemoryOutbox)
    book: MemoryUsage = field(default_factory=MemoryUsage)

    def __post_init__(self) -> None:
        self.alarms = Alarms(self.clock)
        self.watch = Watch(self.outbox, self.alarms, self.book, self.clock)

    async def told(self) -> Sequence[Notice]:
        return await self.outbox.unaddressed()


async def test_a_key_that_is_refused_is_told_once_an_hour() -> None:
    watched = Watched()
    await watched.book.add({}, {REFUSED: FAILED})
    for _ in range(3):
        await watched.watch.look()
        watched.clock.move(minutes=10)

    (notice,) = await watched.told()
    assert (notice.company, notice.kind) == ("", NoticeKind.OPERATOR)
    assert notice.data["what"] == "openai refuses to answer: KeyRefused"
    assert notice.data["count"] == 2
    assert notice.data["remedy"] == "correct it"
    later = ErrorKey("acme", AT + timedelta(hours=1), "openai", "KeyRefused")
    await watched.book.add({}, {later: FAILED})
    watched.clock.move(hours=1)
    await watched.watch.look()
    assert len(await watched.told()) == 2


async def test_failures_that_pass_by_themselves_are_not_told() -> None:
    watched = Watched()
    await watched.book.add({}, {ErrorKey("acme", AT, "openai", "ProviderTimeout"): FAILED})
    await watched.watch.look()
    assert await watched.told() == []


async def test_an_owner_is_told_of_each_share_of_the_cap_once() -> None:
    watched = Watched()
    for percent in (80, 80, 100):
        await watched.watch.reached(Reached("acme", "2026-11", 10.0, percent, AT), 8.004)

    first, second = await watched.told()
    assert (first.company, first.kind) == ("acme", NoticeKind.USAGE)
    assert (first.data["percent"], second.data["percent"]) == (80, 100)
    assert first.data["spent_usd"] == 8.0


class Failing(MemoryUsage):
    async def failures(self, *_: object, **__: object) -> Sequence[tuple[ErrorKey, Failures]]:
        raise StoreUnavailable("the disk is full")


async def test_a_book_that_fails_stops_nothing() -> None:
    watched = Watched(book=Failing())
    watched.alarms.note(Alarm.FALLBACK, "acme", "a", "b")
    await watched.watch.look()
    await watched.watch.look()
    assert len(await watched.told()) == 1


async def test_it_goes_on_until_it_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.001)
    watched = Watched()
    running = asyncio.create_task(watched.watch.run())
    watched.alarms.note(Alarm.FALLBACK, "acme", "a", "b")
    async with asyncio.timeout(5):
        while watched.alarms.waiting:  # noqa: ASYNC110 - what sets no event is waited for
            await asyncio.sleep(0.001)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(await watched.told()) == 1
