"""Latency by stage, by company and over time, from a log that is really read."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from clientsvia.admin.latency_report import TOTAL, Latencies, Per
from clientsvia.calls.log_queries import Span, Timing
from clientsvia.errors import InvalidInput
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from tests.contracts.samples import NOON, entry

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = 3600


class Watched(MemoryCallLog):
    """A log that tells which spans were read."""

    def __init__(self) -> None:
        super().__init__(CallMemory())
        self.read: list[Span] = []

    async def timings(
        self, span: Span, company: str | None = None
    ) -> AsyncIterator[Sequence[Timing]]:
        self.read.append(span)
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

    found = await latencies.report(Span(at(0), at(2)), BERLIN)

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

    found = await latencies.report(Span(at(0), at(1)), BERLIN, company="acme")

    assert list(found.stages) == ["parse", TOTAL]
    assert list(found.companies) == ["acme"]
    assert [one.n for one in found.times.values()] == [1]


async def test_days_are_those_of_the_zone() -> None:
    log, latencies = opened(48)
    for hours in (10, 11, 12):  # 22:00, 23:00 and 24:00 UTC: the latter two on Berlin's next day
        log.time(hours * HOUR, parse=10)

    found = await latencies.report(Span(at(0), at(24)), BERLIN, per=Per.DAY)

    assert {begin.isoformat(): one.n for begin, one in found.times.items()} == {
        "2026-11-23T00:00:00+01:00": 1,
        "2026-11-24T00:00:00+01:00": 2,
    }


async def test_a_span_without_calls_has_no_figures() -> None:
    _, latencies = opened()
    found = await latencies.report(Span(at(0), at(1)), BERLIN)

    assert (found.stages, found.companies, found.times) == ({}, {}, {})


async def test_hours_that_are_over_are_read_once() -> None:
    log, latencies = opened(now=3.5)
    log.time(60, parse=10)
    before = await latencies.report(Span(at(0), at(4)), BERLIN)
    log.time(3 * HOUR + 60, parse=20)
    after = await latencies.report(Span(at(0), at(4)), BERLIN)

    assert log.read == [Span(at(0), at(4)), Span(at(3), at(4))]
    assert (before.stages[TOTAL].n, after.stages[TOTAL].n) == (1, 2)


async def test_an_hour_just_over_may_get_more_and_the_future_is_not_read() -> None:
    log, latencies = opened(now=1.1)
    await latencies.report(Span(at(0), at(9)), BERLIN)
    log.time(HOUR - 1, parse=10)

    found = await latencies.report(Span(at(0), at(9)), BERLIN)

    assert found.stages[TOTAL].n == 1
    assert log.read == [Span(at(0), at(2))] * 2


async def test_what_is_missing_between_remembered_hours_is_read_alone() -> None:
    log, latencies = opened()
    await latencies.report(Span(at(1), at(2)), BERLIN)
    await latencies.report(Span(at(0.5), at(2.5)), BERLIN)

    assert log.read[1:] == [Span(at(0), at(1)), Span(at(2), at(3))]


async def test_the_oldest_hours_are_forgotten_when_they_are_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("clientsvia.admin.latency_report._SIZES_KEPT", 2)
    log, latencies = opened()
    for _ in range(2):
        await latencies.report(Span(at(0), at(3)), BERLIN)

    assert log.read == [Span(at(0), at(3)), Span(at(0), at(1))]


@pytest.mark.parametrize("until", [0, -1, 24 * 93])
async def test_a_span_that_is_none_or_too_long_is_refused(until: float) -> None:
    _, latencies = opened()
    with pytest.raises(InvalidInput, match="up to 92 days"):
        await latencies.report(Span(NOON, at(until)), ZoneInfo("UTC"))
