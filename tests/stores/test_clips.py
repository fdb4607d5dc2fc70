from __future__ import annotations

import asyncio
import os
import shutil
import time
from typing import TYPE_CHECKING

import pytest
from blockbuster import blockbuster_ctx
from structlog.testing import capture_logs

from clientsvia.stores.clips import DiskClips
from tests.clips import clip, until_held

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 1_000_000
HELLO = clip("acme", "hello")
SOUND = b"ID3" + bytes(1000)


def store(tmp_path: Path, limit: int = LIMIT) -> DiskClips:
    return DiskClips(tmp_path / "clips", limit)


def files(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "clips").rglob("*") if path.is_file()]


async def test_clips_survive_a_restart(tmp_path: Path) -> None:
    await store(tmp_path).put(HELLO, SOUND)

    restarted = store(tmp_path)
    assert not restarted.holds(HELLO)
    await restarted.look()

    assert restarted.holds(HELLO)
    assert await restarted.get(HELLO) == SOUND


async def test_a_directory_that_is_not_there_holds_no_clips(tmp_path: Path) -> None:
    clips = store(tmp_path)
    await clips.look()

    assert await clips.get(HELLO) is None
    assert not (tmp_path / "clips").exists()


async def test_others_on_the_machine_may_not_look(tmp_path: Path) -> None:
    await store(tmp_path).put(HELLO, SOUND)

    assert (tmp_path / "clips" / HELLO[:16]).stat().st_mode & 0o077 == 0


async def test_after_a_restart_what_was_used_last_stays(tmp_path: Path) -> None:
    names = [clip("acme", str(number)) for number in range(4)]
    before = store(tmp_path)
    for number, name in enumerate(names):
        await before.put(name, bytes(190_000))
        os.utime(tmp_path / "clips" / name[:16] / name, (1000 + number, 1000 + number))
    before.holds(names[0])
    await before.look()

    after = store(tmp_path)
    await after.look()
    await after.put(clip("acme", "more"), bytes(190_000))

    assert [after.holds(name) for name in names] == [True, False, True, True]


async def test_a_smaller_limit_lets_clips_go_at_the_start(tmp_path: Path) -> None:
    before = store(tmp_path)
    for number in range(8):
        await before.put(clip("acme", str(number)), bytes(100_000))

    after = store(tmp_path, LIMIT // 4)
    await after.look()

    assert sum(after.holds(clip("acme", str(number))) for number in range(8)) == 2


@pytest.mark.parametrize("content", [b"", b"half of a digest", b"of a digest and a half"])
async def test_a_file_that_is_not_as_it_was_written_is_never_served(
    tmp_path: Path, content: bytes
) -> None:
    await store(tmp_path).put(HELLO, SOUND)
    (tmp_path / "clips" / HELLO[:16] / HELLO).write_bytes(content)
    clips = store(tmp_path)
    told: list[str] = []
    await clips.look()
    clips.follow(told.append)

    assert await clips.get(HELLO) is None

    assert not clips.holds(HELLO)
    assert told == ([HELLO] if len(content) > 16 else [])
    assert await clips.put(HELLO, SOUND)
    assert await clips.get(HELLO) == SOUND


async def test_what_a_dying_worker_left_half_written_is_removed_later(tmp_path: Path) -> None:
    clips = store(tmp_path)
    await clips.put(HELLO, SOUND)
    draft = tmp_path / "clips" / HELLO[:16] / "0123.draft"
    draft.write_bytes(SOUND[:100])
    await clips.look()
    assert draft.exists()

    os.utime(draft, (time.time() - 3600,) * 2)
    await clips.look(everything=False)

    assert [path.name for path in files(tmp_path)] == [HELLO]


async def test_foreign_files_are_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "clips" / HELLO[:16]
    folder.mkdir(parents=True)
    (folder / "notes.txt").write_text("mine")
    (tmp_path / "clips" / "README").write_text("mine")
    clips = store(tmp_path)

    await clips.look()
    await clips.put(HELLO, SOUND)

    assert sorted(path.name for path in files(tmp_path)) == sorted(["README", "notes.txt", HELLO])


async def test_a_full_or_broken_disk_means_no_clip_and_one_complaint(tmp_path: Path) -> None:
    (tmp_path / "clips").write_text("a file where the directory should be")
    clips = store(tmp_path)

    with capture_logs() as logs:
        assert not await clips.put(HELLO, SOUND)
        assert not await clips.put(HELLO, SOUND)
        assert await clips.get(HELLO) is None
        assert not await clips.find(HELLO)

    assert not clips.holds(HELLO)
    assert len(logs) == 1
    assert "CLIENTSVIA_CLIPS" in logs[0]["remedy"]


async def test_looking_after_goes_on_whatever_the_disk_does(tmp_path: Path) -> None:
    (tmp_path / "clips").write_text("a file where the directory should be")
    clips = DiskClips(tmp_path / "clips", LIMIT, look_s=0.01)
    keeping = asyncio.create_task(clips.keep())
    await asyncio.sleep(0.05)
    (tmp_path / "clips").unlink()
    await store(tmp_path).put(HELLO, SOUND)

    await until_held(clips, HELLO)
    keeping.cancel()


async def test_what_is_removed_by_hand_is_noticed(tmp_path: Path) -> None:
    clips = store(tmp_path)
    await clips.put(HELLO, SOUND)
    told: list[str] = []
    clips.follow(told.append)

    shutil.rmtree(tmp_path / "clips" / HELLO[:16])
    await clips.look()

    assert told == [HELLO]
    assert not clips.holds(HELLO)


async def test_a_look_does_not_forget_what_is_stored_meanwhile(tmp_path: Path) -> None:
    clips = store(tmp_path)
    looking = asyncio.create_task(clips.look())
    await clips.put(HELLO, SOUND)
    await looking

    assert clips.holds(HELLO)


async def test_the_event_loop_never_waits_for_the_disk(tmp_path: Path) -> None:
    clips, names = store(tmp_path), [clip("acme", str(number)) for number in range(12)]
    with blockbuster_ctx("clientsvia"):
        for name in names:
            await clips.put(name, bytes(100_000))
            clips.holds(name)
            clips.learn(name)
        await clips.look()
        await store(tmp_path).get(names[-1])
        await store(tmp_path).find(names[-1])
