from __future__ import annotations

import asyncio
from contextlib import aclosing
from datetime import timedelta

import pytest

from clientsvia.admin import live_feed
from clientsvia.admin.live_feed import LiveFeed
from clientsvia.providers.clock import StartedClock
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from tests.contracts.samples import NOON, SID, entry, ringing, step


class Line:
    """A company's calls, and whoever watches them."""

    def __init__(self) -> None:
        memory = CallMemory()
        self.log, self.states = MemoryCallLog(memory), MemoryCallStates(memory)
        self.feed = LiveFeed(self.log, StartedClock(NOON + timedelta(seconds=9)), 0.01)

    async def rings(self, company: str = "acme") -> None:
        self.log.write(ringing(company=company))
        await self.log.flush()


@pytest.fixture
def line() -> Line:
    return Line()


async def test_each_change_of_a_call_is_told_once(line: Line) -> None:
    async with aclosing(line.feed.watch("acme", 600, 5)) as told:
        assert await anext(told) == ()
        await line.rings()
        [begun] = await anext(told) or ()
        await line.states.commit(step())
        [answered] = await anext(told) or ()
        line.log.write(entry("status", seconds=20, status="completed"))
        await line.log.flush()

        assert (begun.call_sid, begun.turns, answered.turns) == (SID, 0, 1)
        assert await anext(told) == ()


async def test_nobody_hears_of_another_companys_calls(line: Line) -> None:
    await line.rings("miller")

    async with aclosing(line.feed.watch("acme", 600, 0.05)) as told:
        assert [one async for one in told] == [()]


async def test_a_quiet_line_is_heard_of_now_and_then(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_feed, "QUIET_S", 0.02)

    async with aclosing(line.feed.watch("acme", 600, 5)) as told:
        assert await anext(told) == ()
        assert await anext(told) is None


async def test_only_so_many_watch_at_once_and_those_who_leave_make_room(
    line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_feed, "MOST_WATCHERS", 2)
    both = [line.feed.watch("acme", 600, 5), line.feed.watch("miller", 600, 5)]

    await asyncio.gather(*(anext(one) for one in both))
    at_first = line.feed.full
    await both[0].aclose()

    assert (at_first, line.feed.full) == (True, False)
    await both[1].aclose()
