from __future__ import annotations

import asyncio

from clientsvia.stores.waiting import wait_at_most


async def test_waiting_ends_with_the_event_or_with_the_time() -> None:
    event = asyncio.Event()
    await wait_at_most(event, 0.001)
    assert not event.is_set()

    waiting = asyncio.create_task(wait_at_most(event, 60))
    await asyncio.sleep(0)
    event.set()
    await waiting
