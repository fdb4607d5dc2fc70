"""Latency by stage, by company and over time, from a log that is really read."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from clientsvia.admin.latency_report import Asked, Latencies, Per
from clientsvia.admin.latency_sums import TOTAL, sums_of
from clientsvia.calls.log_queries import Span, Timing
from clientsvia.errors import InvalidInput, StoreUnavailable
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from tests.contracts.samples import NOON, entry

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

    from clientsvia.admin.latency_sums import Hour, Sums

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3600


class Watched(MemoryCallLog):
    """A log that tells which spans were read."""

    def __init__(self) -> None:
        super().__init__(CallMemory())
        self.read: list[Span] = []
        self.held: asyncio.Event | None = None
        self.broken = False

    async def timings(
        self, span: Span, company: str | None = None
    ) -> AsyncIterator[Sequence[Timing]]:
        self.read.append(span)
        if self.broken:
            raise StoreUnavailable("the disk is gone")
        if self.held:
            await self.held.wait()
        async for chunk in super().timings(span, company):
            yield chunk

    def time(self, seconds: float, company: str = "acme", **stages: int) -> None:
        self.write(entry("timing", f"CA{seconds}", seconds, company, key="1", stages=stages))


class Stopped:
    """A clock that stands where it is put."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


def opened(now: float = 24) -> tuple[Watched, Latencies]:
    log = Watched()
    return log, Latencies(log, Stopped(at(now)))


async def test_stages_companies_and_hours_are_summed_up() -> None:
    log, latencies = opened()
    log.time(60, parse=10, answer=30)
    log.time(120, "miller", parse=20)
    log.time(HOUR + 5, parse=12)

    found = await latencies.report(Asked(Span(at(0), at(2)), BERLIN))

    assert list(found.stages) == ["parse", "answer", TOTAL]
    assert {name: one.n for name, one in found.stages.items()} == {
        "parse": 3,
        "answer": 1,
        TOTAL: 3,
    }
    assert (found.stages["parse"].p50_ns, found.stages[TOTAL].max_ns) == (12, 40)
    assert {slug: one.n for slug, one in found.companies.items()} == {"acme": 2, "miller": 1}
    assert {begin.isoformat(): one.n for begin, one in found.times.items()} == {
        "2026-11-23T13:00:00+01:00": 2,
        "2026-11-23T14:00:00+01:00": 1,
    }


async def test_one_company_sees_its_own_alone() -> None:
    log, latencies = opened()
    log.time(60, parse=10)
    log.time(120, "miller", verify=20)

    found = await latencies.report(Asked(Span(at(0), at(1)), BERLIN, company="acme"))

    assert list(found.stages) == ["parse", TOTAL]
    assert list(found.companies) == ["acme"]
    assert [one.n for one in found.times.values()] == [1]


async def test_days_are_those_of_the_zone() -> None:
    log, latencies = opened(48)
    for hours in (10, 11, 12):  # 22:00, 23:00 and 24:00 UTC: the latter two on Berlin's next day
        log.time(hours * HOUR, parse=10)

    found = await latencies.report(Asked(Span(at(0), at(24)), BERLIN, per=Per.DAY))

    assert {begin.isoformat(): one.n for begin, one in found.times.items()} == {
        "2026-11-23T00:00:00+01:00": 1,
        "2026-11-24T00:00:00+01:00": 2,
    }


async def test_a_span_without_calls_has_no_figures() -> None:
    _, latencies = opened()
    found = await latencies.report(Asked(Span(at(0), at(1)), BERLIN))

    assert (found.stages, found.companies, found.times) == ({}, {}, {})


async def test_hours_that_are_over_are_read_once() -> None:
    log, latencies = opened(now=3.5)
    log.time(60, parse=10)
    before = await latencies.report(Asked(Span(at(0), at(4)), BERLIN))
    log.time(3 * HOUR + 60, parse=20)
    after = await latencies.report(Asked(Span(at(0), at(4)), BERLIN))

    assert log.read == [Span(at(0), at(4)), Span(at(3), at(4))]
    assert (before.stages[TOTAL].n, after.stages[TOTAL].n) == (1, 2)


async def test_an_hour_just_over_may_get_more_and_the_future_is_not_read() -> None:
    log, latencies = opened(now=1.1)
    await latencies.report(Asked(Span(at(0), at(9)), BERLIN))
    log.time(HOUR - 1, parse=10)

    found = await latencies.report(Asked(Span(at(0), at(9)), BERLIN))

    assert found.stages[TOTAL].n == 1
    assert log.read == [Span(at(0), at(2))] * 2


async def test_what_is_missing_between_remembered_hours_is_read_alone() -> None:
    log, latencies = opened()
    await latencies.report(Asked(Span(at(1), at(2)), BERLIN))
    await latencies.report(Asked(Span(at(0.5), at(2.5)), BERLIN))

    assert log.read[1:] == [Span(at(0), at(1)), Span(at(2), at(3))]


async def test_the_oldest_hours_are_forgotten_when_they_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("clientsvia.admin.latency_report._SIZES_KEPT", 2)
    log, latencies = opened()
    for _ in range(2):
        await latencies.report(Asked(Span(at(0), at(3)), BERLIN))

    assert log.read == [Span(at(0), at(3)), Span(at(0), at(1))]


@pytest.mark.parametrize("until", [0, -1, 24 * 93])
def test_a_span_that_is_none_or_too_long_is_refused(until: float) -> None:
    with pytest.raises(InvalidInput, match="up to 92 days"):
        Asked(Span(NOON, at(until)), ZoneInfo("UTC"))


async def test_the_longest_span_may_begin_within_an_hour() -> None:
    _, latencies = opened(0.5)
    span = Span(at(0.5 - 24 * 92), at(0.5))
    found = await latencies.at_once(Asked(span, BERLIN, Per.DAY), patience=60)
    assert found is not None
    assert found.span.until - found.span.since == timedelta(days=92, hours=1)


async def test_days_that_are_over_are_added_up_once_for_each_company(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    added: list[str | None] = []

    def noted(hours: Iterable[Hour], company: str | None) -> Sums:
        added.append(company)
        return sums_of(hours, company)

    monkeypatch.setattr("clientsvia.admin.latency_report.sums_of", noted)
    log, latencies = opened(now=24 * 3)
    log.time(60, parse=10)
    log.time(24 * HOUR, parse=30)
    month = Asked(Span(at(-11), at(24 * 3)), BERLIN, Per.DAY, "acme")
    first = await latencies.report(month)
    assert await latencies.report(month) == first
    assert [one.n for one in first.times.values()] == [1, 1]
    assert added == ["acme"] * (4 + 1)  # four days, of which the last is not over

    every = await latencies.report(Asked(month.span, BERLIN, Per.DAY))
    assert every.stages == first.stages
    assert added[5:] == [None] * 4


async def test_a_log_that_takes_long_to_read_is_read_behind_the_page() -> None:
    log, latencies = opened()
    log.held = asyncio.Event()
    log.time(60, parse=10)
    asked = Asked(Span(at(0), at(2)), BERLIN)

    assert await latencies.at_once(asked) is None
    assert await latencies.at_once(asked) is None
    log.held.set()
    found = await latencies.at_once(asked, patience=60)

    assert found is not None
    assert found.stages[TOTAL].n == 1
    assert len(log.read) == 1


async def test_a_report_is_made_anew_after_half_a_minute() -> None:
    log, clock = Watched(), Stopped(at(1.5))
    latencies = Latencies(log, clock)
    asked = Asked(Span(at(0), at(2)), BERLIN)

    async def webhooks() -> int:
        found = await latencies.at_once(asked, patience=60)
        assert found is not None
        return sum(one.n for one in found.times.values())

    log.time(60, parse=10)
    assert await webhooks() == 1
    log.time(HOUR + 70, parse=10)
    clock.moment += timedelta(seconds=30)
    assert await webhooks() == 1
    clock.moment += timedelta(seconds=1)
    assert await webhooks() == 2


async def test_a_log_that_cannot_be_read_is_told_and_asked_again() -> None:
    log, latencies = opened()
    asked = Asked(Span(at(0), at(2)), BERLIN)
    log.broken = True
    with pytest.raises(StoreUnavailable):
        await latencies.at_once(asked, patience=60)
    log.broken = False
    assert await latencies.at_once(asked, patience=60) is not None


async def test_what_is_still_read_ends_with_the_service() -> None:
    log, latencies = opened()
    log.held = asyncio.Event()
    await latencies.at_once(Asked(Span(at(0), at(2)), BERLIN))
    await asyncio.wait_for(latencies.close(), 5)
