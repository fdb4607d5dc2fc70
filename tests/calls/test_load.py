from __future__ import annotations

import asyncio
import time

from clientsvia.calls.load import Load


def behind(seconds: float) -> Load:
    load = Load()
    for _ in range(50):
        load.noticed(seconds)
    return load


def test_a_loop_on_time_leaves_nothing_undone() -> None:
    load = behind(0.01)
    assert not load.busy
    assert not load.overloaded


def test_a_late_loop_begins_nothing_early_and_a_very_late_one_asks_nobody() -> None:
    assert behind(0.2).busy
    assert not behind(0.2).overloaded
    assert behind(0.7).overloaded


def test_one_long_pause_is_no_load() -> None:
    load = behind(0.005)
    load.noticed(0.4)
    assert not load.busy


def test_it_is_over_when_the_loop_is_on_time_again() -> None:
    load = behind(0.7)
    for _ in range(20):
        load.noticed(0.0)
    assert not load.busy


async def test_a_loop_that_does_other_work_is_seen_to_be_late() -> None:
    load = Load()
    watching = asyncio.create_task(load.watch())
    for _ in range(12):
        await asyncio.sleep(0.01)
        time.sleep(0.25)  # noqa: ASYNC251 - the very thing that is to be noticed
    watching.cancel()
    assert load.busy
