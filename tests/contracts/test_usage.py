from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import TYPE_CHECKING

from clientsvia.calls.money.usage import Counts, ErrorKey, Failures, Notice, Spent, UsageKey
from tests.contracts.samples import NOON

if TYPE_CHECKING:
    from tests.contracts.workers import Worker

FIRST, SECOND = date(2026, 11, 1), date(2026, 11, 2)
MINI = UsageKey("acme", SECOND, "openai", "gpt-4.1-mini")
COUNTS = Counts(1, 700, 500, 30, 80, 1200, 4_000_001, 1, 700, 80, 4_000_000)


def key(company: str = "acme", day: date = SECOND, model: str = "gpt-4.1-mini") -> UsageKey:
    return UsageKey(company, day, "openai", model)


def cost(nano_usd: int, discarded: int = 0) -> Counts:
    return Counts(requests=1, nano_usd=nano_usd, discarded_nano_usd=discarded)


async def test_a_book_begins_empty(worker: Worker) -> None:
    assert await worker.usage.rows(FIRST, SECOND) == []
    assert await worker.usage.failures(NOON) == []
    sums = await worker.usage.sums(FIRST, 0)
    assert (sums.version, sums.days) == (0, {})


async def test_counts_come_back_as_they_were(worker: Worker, other: Worker) -> None:
    await worker.usage.add({MINI: COUNTS}, {})

    assert await other.usage.rows(FIRST, SECOND) == [(MINI, COUNTS)]


async def test_what_every_worker_adds_becomes_one_sum(worker: Worker, other: Worker) -> None:
    await asyncio.gather(
        *(
            (worker, other)[n % 2].usage.add({MINI: COUNTS, key("b"): cost(n)}, {})
            for n in range(20)
        )
    )

    ((_, acme), (_, other_company)) = await worker.usage.rows(FIRST, SECOND)

    assert acme == sum([COUNTS] * 20, Counts())
    assert (other_company.requests, other_company.nano_usd) == (20, sum(range(20)))


async def test_rows_are_those_of_the_days_and_the_company_in_order(worker: Worker) -> None:
    keys = [key(c, d, m) for c in ("b", "a") for d in (SECOND, FIRST) for m in ("y", "x")]
    await worker.usage.add({one: cost(1) for one in keys}, {})

    found = [one for one, _ in await worker.usage.rows(SECOND, SECOND)]
    assert found == [key(c, SECOND, m) for c in ("a", "b") for m in ("x", "y")]
    found = [one for one, _ in await worker.usage.rows(FIRST, SECOND, "b")]
    assert found == [key("b", d, m) for d in (FIRST, SECOND) for m in ("x", "y")]


async def test_sums_are_by_company_and_day_over_all_models(worker: Worker, other: Worker) -> None:
    await worker.usage.add({key(): cost(3, 1), key(model="voice"): cost(4)}, {})
    await other.usage.add({key(day=FIRST): cost(5), key("b"): cost(6, 6)}, {})

    sums = await worker.usage.sums(FIRST, 0)

    assert sums.days == {"acme": {FIRST: Spent(5), SECOND: Spent(7, 1)}, "b": {SECOND: Spent(6, 6)}}
    later = await worker.usage.sums(SECOND, 0)
    assert later.days["acme"] == {SECOND: Spent(7, 1)}


async def test_sums_tell_whose_changed_since(worker: Worker, other: Worker) -> None:
    await worker.usage.add({key("a"): cost(1), key("b"): cost(1)}, {})
    before = await worker.usage.sums(FIRST, 0)
    assert (await worker.usage.sums(FIRST, before.version)).days == {}

    await other.usage.add({key("b", FIRST): cost(2)}, {})
    after = await worker.usage.sums(FIRST, before.version)

    assert after.version > before.version
    assert after.days == {"b": {FIRST: Spent(2), SECOND: Spent(1)}}


async def test_large_sums_stay_exact(worker: Worker) -> None:
    large = Counts(nano_usd=9_007_199_254_740_993, input_tokens=2**53 + 1)
    await worker.usage.add({MINI: large}, {})
    await worker.usage.add({MINI: Counts(nano_usd=1)}, {})

    ((_, found),) = await worker.usage.rows(FIRST, SECOND)

    assert found == large + Counts(nano_usd=1)


def failed(count: int = 1, minutes: int = 0, found: str = "refused") -> Failures:
    return Failures(count, NOON + timedelta(minutes=minutes), found, f"mend what is {found}")


async def test_failures_add_up_and_the_newest_tells_why(worker: Worker, other: Worker) -> None:
    refused = ErrorKey("acme", NOON, "openai", "KeyRefused")
    late = ErrorKey("acme", NOON, "openai", "ProviderTimeout")
    await worker.usage.add({}, {refused: failed(2, 30, "new"), late: failed()})
    await other.usage.add({}, {refused: failed(1, 10, "old")})

    assert await other.usage.failures(NOON) == [(refused, failed(3, 30, "new")), (late, failed())]


async def test_failures_are_those_of_the_company_and_since(worker: Worker) -> None:
    hours = [ErrorKey(c, NOON + timedelta(hours=h), "x", "E") for c in "ab" for h in range(3)]
    await worker.usage.add({}, dict.fromkeys(hours, failed()))

    found = await worker.usage.failures(NOON + timedelta(hours=1), "b")

    assert [key for key, _ in found] == hours[4:]


async def test_a_notice_is_noted_once_by_whoever_is_first(worker: Worker, other: Worker) -> None:
    notice = Notice("acme", "2026-11", 10.0, 80, NOON)
    later = Notice("acme", "2026-11", 10.0, 80, NOON + timedelta(hours=1))

    noted = await asyncio.gather(
        *((worker, other)[n % 2].usage.notice(later if n else notice) for n in range(6))
    )

    assert sum(noted) == 1
    assert len(await worker.usage.notices("acme", "2026-11")) == 1


async def test_each_month_cap_and_share_is_noted_apart(worker: Worker, other: Worker) -> None:
    notices = [
        Notice("acme", "2026-11", 10.0, 80, NOON),
        Notice("acme", "2026-11", 10.0, 100, NOON),
        Notice("acme", "2026-11", 20.0, 80, NOON + timedelta(days=1)),
    ]
    elsewhere = [
        Notice("acme", "2026-12", 10.0, 80, NOON),
        Notice("miller", "2026-11", 10.0, 80, NOON),
    ]
    assert [await worker.usage.notice(one) for one in (*notices, *elsewhere)] == [True] * 5

    assert await other.usage.notices("acme", "2026-11") == notices
