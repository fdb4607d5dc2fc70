from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.notices import digest as module
from clientsvia.notices.digest import Digests, digest_at
from clientsvia.notices.notice import NoticeKind
from clientsvia.stores.memory.outbox import MemoryOutbox
from tests.notices.samples import AT, OFFICE, Clock, company

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.companies.company import Company

ELEVEN = AT + timedelta(hours=1)  # in New York


@dataclass
class Day:
    """Has the same to tell of any day; notes what it was asked."""

    told: Mapping[str, Any] = field(default_factory=lambda: {"calls": 1, "messages": []})
    asked: list[tuple[str, datetime, datetime]] = field(default_factory=list)
    failures: int = 0

    async def of(self, company: Company, since: datetime, until: datetime) -> Mapping[str, Any]:
        if self.failures:
            self.failures -= 1
            raise OSError("the disk is full")
        self.asked.append((company.slug, since, until))
        return self.told


class Desk:
    def __init__(
        self, at: datetime, *companies: Company, outbox: MemoryOutbox | None = None
    ) -> None:
        self.clock, self.days = Clock(at), Day()
        self.outbox = outbox or MemoryOutbox()
        self.digests = Digests(self.outbox, self.days, lambda: companies, self.clock)


def at_eleven() -> Company:
    return company(email=[OFFICE], digest="11:00")


async def test_a_digest_of_a_day_is_written_once_at_its_time() -> None:
    desk = Desk(AT + timedelta(minutes=59), at_eleven())
    await desk.digests.look()
    assert await desk.outbox.unaddressed() == []
    desk.clock.move(minutes=1)
    for _ in range(3):
        await desk.digests.look()
        desk.clock.move(minutes=1)

    (notice,) = await desk.outbox.unaddressed()
    assert (notice.kind, notice.key, notice.at) == (NoticeKind.DIGEST, "digest:2026-11-18", ELEVEN)
    assert notice.data["calls"] == 1
    assert desk.days.asked == [("demo", ELEVEN - timedelta(days=1), ELEVEN)]


async def test_each_day_has_its_own() -> None:
    desk = Desk(ELEVEN, at_eleven())
    for _ in range(3):
        await desk.digests.look()
        desk.clock.move(days=1)
    keys = [one.key for one in await desk.outbox.unaddressed()]
    assert keys == ["digest:2026-11-18", "digest:2026-11-19", "digest:2026-11-20"]


async def test_several_workers_write_one() -> None:
    outbox = MemoryOutbox()
    for _ in range(3):
        await Desk(ELEVEN, at_eleven(), outbox=outbox).digests.look()
    assert len(await outbox.unaddressed()) == 1


async def test_a_day_with_nothing_to_tell_has_none() -> None:
    desk = Desk(ELEVEN, at_eleven())
    desk.days.told = {"calls": 0, "messages": [], "missed": []}
    await desk.digests.look()
    await desk.digests.look()
    assert await desk.outbox.unaddressed() == []
    assert len(desk.days.asked) == 1


async def test_a_service_that_was_down_makes_up_for_it_within_hours() -> None:
    for hours, written in ((6, 1), (7, 0)):
        desk = Desk(ELEVEN + timedelta(hours=hours), at_eleven())
        await desk.digests.look()
        assert len(await desk.outbox.unaddressed()) == written


async def test_one_late_in_the_evening_may_be_written_after_midnight() -> None:
    night = datetime(2026, 11, 19, 5, 10, tzinfo=UTC)  # ten past midnight
    desk = Desk(night, company(email=[OFFICE], digest="23:50"))
    await desk.digests.look()
    assert [one.key for one in await desk.outbox.unaddressed()] == ["digest:2026-11-18"]


async def test_companies_without_a_digest_get_none_and_one_that_fails_stops_no_other() -> None:
    other = replace(at_eleven(), slug="acme")
    desk = Desk(ELEVEN, company(email=[OFFICE]), at_eleven(), other)
    desk.days.failures = 1
    await desk.digests.look()
    assert [one.company for one in await desk.outbox.unaddressed()] == ["acme"]
    await desk.digests.look()
    assert {one.company for one in await desk.outbox.unaddressed()} == {"acme", "demo"}


@pytest.mark.parametrize(
    ("digest", "day", "at"),
    [
        ("18:00", "2026-11-18", "2026-11-18T23:00"),
        ("18:00", "2026-07-18", "2026-07-18T22:00"),
        ("02:30", "2026-03-08", "2026-03-08T07:30"),  # skipped: half past three
        ("01:30", "2026-11-01", "2026-11-01T05:30"),  # repeated: the first
    ],
)
def test_the_wall_clock_decides(digest: str, day: str, at: str) -> None:
    known = company(digest=digest)
    expected = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert digest_at(known, date.fromisoformat(day)) == expected


async def test_around_clock_changes_each_day_has_one() -> None:
    for start in ("2026-03-07T05:00", "2026-10-31T04:00"):
        known = company(email=[OFFICE], digest="02:15")
        desk = Desk(datetime.fromisoformat(start).replace(tzinfo=UTC), known)
        for _ in range(3 * 24 * 4):
            desk.clock.move(minutes=15)
            await desk.digests.look()
        keys = [one.key for one in await desk.outbox.unaddressed()]
        assert len(keys) == len(set(keys)) == 3
        spans = desk.days.asked
        assert all(earlier[2] == later[1] for earlier, later in pairwise(spans))


async def test_it_goes_on_until_it_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.001)
    desk = Desk(ELEVEN, at_eleven())
    running = asyncio.create_task(desk.digests.run())
    async with asyncio.timeout(5):
        while not desk.days.asked:  # noqa: ASYNC110 - what sets no event is waited for
            await asyncio.sleep(0.001)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert len(await desk.outbox.unaddressed()) == 1
