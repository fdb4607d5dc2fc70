from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from clientsvia.stores.clips import DiskClips
from clientsvia.stores.memory.clips import MemoryClips
from tests.clips import clip, until, until_held

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from clientsvia.calls.ports import Clips

LIMIT = 80_000
GRACE_S = 0.3
HELLO = clip("acme", "hello")
SOUND = b"ID3" + bytes(range(256)) * 4


@pytest.fixture(params=["memory", "disk"])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Clips, Clips]]:
    """The same store as two workers see it; memory serves one."""
    if request.param == "memory":
        store = MemoryClips(LIMIT, grace_s=GRACE_S)
        yield store, store
    else:
        yield disk(tmp_path), disk(tmp_path)


def disk(folder: Path) -> DiskClips:
    return DiskClips(folder / "clips", LIMIT, look_s=0.01, grace_s=GRACE_S)


@pytest.fixture
def clips(stores: tuple[Clips, Clips]) -> Clips:
    return stores[0]


@pytest.fixture
def other(stores: tuple[Clips, Clips]) -> Clips:
    return stores[1]


@asynccontextmanager
async def kept(*stores: Clips) -> AsyncIterator[None]:
    keeping = [asyncio.create_task(store.keep()) for store in stores]
    yield
    for task in keeping:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_a_clip_is_the_sound_that_was_stored(clips: Clips, other: Clips) -> None:
    assert not clips.holds(HELLO)
    assert not await clips.find(HELLO)
    assert await clips.get(HELLO) is None

    assert await clips.put(HELLO, SOUND)

    assert clips.holds(HELLO)
    assert await clips.get(HELLO) == SOUND
    assert await other.get(HELLO) == SOUND


async def test_another_worker_finds_a_clip_and_then_holds_it(clips: Clips, other: Clips) -> None:
    await clips.put(HELLO, SOUND)

    assert await other.find(HELLO)
    assert other.holds(HELLO)


async def test_another_worker_that_is_told_of_a_clip_holds_it(clips: Clips, other: Clips) -> None:
    await clips.put(HELLO, SOUND)

    other.learn(HELLO)

    assert other.holds(HELLO)
    assert await other.get(HELLO) == SOUND


async def test_another_worker_notices_a_clip_by_itself(clips: Clips, other: Clips) -> None:
    async with kept(other):
        await clips.put(HELLO, SOUND)
        await until_held(other, HELLO)


@pytest.mark.parametrize("name", ["", "hello", "../" + HELLO[3:], HELLO + "0", HELLO.upper()])
async def test_what_is_no_name_is_no_clip(clips: Clips, name: str) -> None:
    clips.learn(name)

    assert not clips.holds(name)
    assert await clips.get(name) is None


async def test_the_clip_not_used_for_longest_goes_first(clips: Clips) -> None:
    names = [clip("acme", str(number)) for number in range(5)]
    for name in names[:4]:
        assert await clips.put(name, bytes(15_000))
    assert clips.holds(names[0])

    assert await clips.put(names[4], bytes(15_000))

    assert [clips.holds(name) for name in names] == [True, False, True, True, True]


async def test_a_clip_that_goes_can_be_fetched_for_a_while(clips: Clips, other: Clips) -> None:
    async with kept(clips):
        names = [clip("acme", str(number)) for number in range(5)]
        for name in names:
            assert await clips.put(name, bytes([1]) * 15_000)
        assert not clips.holds(names[0])

        assert await clips.get(names[0]) is not None
        assert await other.get(names[0]) is not None

        async def gone() -> bool:
            # A store of its own has nothing at hand: its files alone count.
            fresh = disk(clips.root.parent) if isinstance(clips, DiskClips) else clips
            return await fresh.get(names[0]) is None

        await until(gone)


async def test_no_company_pushes_out_anothers_clips(clips: Clips) -> None:
    mine = [clip("quiet", str(number)) for number in range(3)]
    for name in mine:
        await clips.put(name, bytes(8_000))

    for number in range(100):
        await clips.put(clip("loud", str(number)), bytes(2_000))

    assert all(clips.holds(name) for name in mine)


async def test_clips_that_must_stay_for_their_grace_leave_no_room_for_more(clips: Clips) -> None:
    stored = [await clips.put(clip("acme", str(n)), bytes(3_000)) for n in range(100)]

    # 70,000 bytes may stay, and what is pushed out fills the rest until its grace is over.
    assert stored.index(False) in range(23, 28)
    assert not any(stored[28:])


async def test_room_comes_back_when_the_grace_is_over(clips: Clips) -> None:
    async with kept(clips):
        for number in range(100):
            await clips.put(clip("acme", str(number)), bytes(3_000))

        await until(lambda: clips.put(clip("acme", "again"), bytes(3_000)))


async def test_a_clip_larger_than_the_store_is_not_stored_and_pushes_out_none(
    clips: Clips,
) -> None:
    await clips.put(HELLO, SOUND)

    assert not await clips.put(clip("acme", "an epic"), bytes(2 * LIMIT))

    assert clips.holds(HELLO)


async def test_followers_are_told_what_came_and_what_went(clips: Clips) -> None:
    told: list[str] = []
    clips.follow(told.append)
    names = [clip("acme", str(number)) for number in range(5)]

    for name in names:
        await clips.put(name, bytes(15_000))

    assert told[:4] == names[:4]
    assert sorted(told[4:]) == sorted([names[0], names[4]])


async def test_many_who_store_the_same_clip_at_once_do_not_harm_it(
    clips: Clips, other: Clips
) -> None:
    storing = [(clips, other)[number % 2].put(HELLO, SOUND) for number in range(20)]

    assert all(await asyncio.gather(*storing))

    assert await clips.get(HELLO) == await other.get(HELLO) == SOUND
