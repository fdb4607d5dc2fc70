from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.webhooks.audio import content_type
from tests.clips import clip

if TYPE_CHECKING:
    from falcon.testing import Result

    from tests.webhooks.conftest import OpenPhone, Phone

HELLO = clip("acme", "hello")
SOUND = b"ID3" + bytes(5000)


async def fetch(phone: Phone, name: str, method: str = "GET", **headers: str) -> Result:
    return await phone.conductor.simulate_request(
        method, f"/audio/{name}", host="127.0.0.1", headers=headers
    )


async def test_a_clip_is_served_whole_to_be_kept_for_ever(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        await phone.services.clips.put(HELLO, SOUND)
        result = await fetch(phone, HELLO)

    assert result.status_code == 200
    assert result.content == SOUND
    assert result.headers["content-type"] == "audio/mpeg"
    assert result.headers["content-length"] == str(len(SOUND))
    assert result.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert result.headers["etag"].startswith('"')


async def test_head_tells_the_same_without_the_sound(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        await phone.services.clips.put(HELLO, SOUND)
        full, result = await fetch(phone, HELLO), await fetch(phone, HELLO, "HEAD")

    assert result.status_code == 200
    assert result.content == b""
    assert result.headers == full.headers


@pytest.mark.parametrize("known", ["{}", 'W/{}, "other"', '"other", {}', "*"])
async def test_who_has_the_clip_is_told_so(open_phone: OpenPhone, known: str) -> None:
    async with open_phone() as phone:
        await phone.services.clips.put(HELLO, SOUND)
        etag = (await fetch(phone, HELLO)).headers["etag"]
        result = await fetch(phone, HELLO, **{"If-None-Match": known.format(etag)})

    assert result.status_code == 304
    assert result.content == b""
    assert result.headers["etag"] == etag
    assert "immutable" in result.headers["cache-control"]


async def test_who_has_another_clip_gets_this_one(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        await phone.services.clips.put(HELLO, SOUND)
        result = await fetch(phone, HELLO, **{"If-None-Match": '"another"'})

    assert (result.status_code, result.content) == (200, SOUND)


@pytest.mark.parametrize(
    "name",
    [
        *(HELLO, HELLO + ".mp3", HELLO[:-1], HELLO.upper(), HELLO + ".leaving", "0123.draft"),
        *("..%2F" + HELLO, "%2e%2e", "a" * 5000, "%00"),
    ],
)
async def test_a_name_that_is_none_gets_404_that_is_not_kept(
    open_phone: OpenPhone, name: str
) -> None:
    async with open_phone() as phone:
        await phone.services.clips.put(clip("acme", "another"), SOUND)
        result = await fetch(phone, name)

    assert result.status_code == 404
    if len(name) == len(HELLO):
        assert "no clip has this name" in result.text
        assert result.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/audio", "/audio/"])
async def test_there_is_no_list_of_clips(open_phone: OpenPhone, path: str) -> None:
    async with open_phone() as phone:
        await phone.services.clips.put(HELLO, SOUND)
        result = await phone.conductor.simulate_get(path, host="127.0.0.1")

    assert result.status_code == 404
    assert HELLO not in result.text


async def test_clips_are_fetched_and_nothing_else(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        result = await fetch(phone, HELLO, "POST")

    assert result.status_code == 405
    assert "GET" in result.text


@pytest.mark.parametrize(
    ("sound", "expected"),
    [
        (b"ID3\x04", "audio/mpeg"),
        (b"\xff\xf3\x44", "audio/mpeg"),
        (b"\xff\xfb\x90", "audio/mpeg"),
        (b"RIFF\x24\x08", "audio/wav"),
        (b"\xff\x7f\x7e", "audio/basic"),
        (b"\x7f", "audio/basic"),
    ],
)
def test_a_sound_is_told_by_its_first_bytes(sound: bytes, expected: str) -> None:
    assert content_type(sound) == expected
