from __future__ import annotations

import asyncio

import pytest

from clientsvia.stores.waiting import first_to_end, wait_at_most


async def test_waiting_ends_with_the_event_or_with_the_time() -> None:
    event = asyncio.Event()
    await wait_at_most(event, 0.001)
    assert not event.is_set()

    waiting = asyncio.create_task(wait_at_most(event, 60))
    await asyncio.sleep(0)
    event.set()
    await waiting


async def ended_after(seconds: float) -> float:
    await asyncio.sleep(seconds)
    return seconds


async def test_of_several_the_first_to_end_counts_and_nobody_waits_for_the_others() -> None:
    assert await first_to_end(ended_after(60), ended_after(0), ended_after(30)) == (1, 0)
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_who_stops_waiting_for_several_leaves_none_behind() -> None:
    waiting = asyncio.create_task(first_to_end(ended_after(60), ended_after(60)))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert asyncio.all_tasks() == {asyncio.current_task()}
