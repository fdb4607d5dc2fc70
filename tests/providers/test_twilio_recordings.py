"""Recordings of the stand-in for Twilio's API, heard and deleted as those of Twilio."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.companies.company import TwilioAccount
from clientsvia.errors import (
    InvalidInput,
    ProviderBroken,
    ProviderFailed,
    ProviderTimeout,
    RecordingGone,
)
from clientsvia.providers.twilio_recordings import TwilioRecordings
from tests.providers.twilio_api import SID, TOKEN, TwilioApi, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from clientsvia.admin.ports import Sound

RECORDING = "RE" + "b" * 32
PATH = f"/2010-04-01/Accounts/{SID}/Recordings/{RECORDING}"
URL = f"https://api.twilio.com{PATH}"
SOUND = bytes(range(256)) * 1000
ACCOUNT = TwilioAccount(SID, (TOKEN,))


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[TwilioApi]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as served:
        served.recordings[RECORDING] = SOUND
        yield served


@pytest.fixture
async def recordings(api: TwilioApi) -> AsyncIterator[TwilioRecordings]:
    made = TwilioRecordings(api.url, timeout_s=0.5)
    yield made
    await made.close()


async def heard(sound: Sound) -> bytes:
    try:
        return b"".join([chunk async for chunk in sound])
    finally:
        await sound.close()


async def test_a_recording_is_streamed_with_its_type_and_length(
    recordings: TwilioRecordings,
) -> None:
    sound = await recordings.open(ACCOUNT, URL)
    assert (sound.content_type, sound.length) == ("audio/mpeg", len(SOUND))
    assert sound.content_range == ""
    assert await heard(sound) == SOUND


async def test_a_part_of_it_is_streamed_where_a_range_is_asked_for(
    recordings: TwilioRecordings,
) -> None:
    sound = await recordings.open(ACCOUNT, f"{URL}.wav", "bytes=100-299")
    assert (sound.content_range, sound.length) == (f"bytes 100-299/{len(SOUND)}", 200)
    assert await heard(sound) == SOUND[100:300]


async def test_a_range_that_is_none_is_not_passed_on(recordings: TwilioRecordings) -> None:
    assert await heard(await recordings.open(ACCOUNT, URL, "pages=1\r\nx: y")) == SOUND


async def test_a_range_behind_the_end_is_the_askers_mistake(recordings: TwilioRecordings) -> None:
    with pytest.raises(InvalidInput, match="shorter"):
        await recordings.open(ACCOUNT, URL, f"bytes={len(SOUND)}-")


async def test_a_sound_nobody_listens_to_the_end_lets_go_of_its_connection(
    recordings: TwilioRecordings,
) -> None:
    for _ in range(3):
        sound = await recordings.open(ACCOUNT, URL)
        await sound.close()
    assert await heard(await recordings.open(ACCOUNT, URL)) == SOUND


async def test_the_next_token_is_tried_where_one_is_not_accepted(
    recordings: TwilioRecordings,
) -> None:
    account = TwilioAccount(SID, ("rotated-away", TOKEN))
    assert await heard(await recordings.open(account, URL)) == SOUND
    with pytest.raises(ProviderFailed, match="auth token"):
        await recordings.open(TwilioAccount(SID, ("rotated-away",)), URL)


async def test_a_recording_that_is_gone_is_told_as_gone(
    recordings: TwilioRecordings, api: TwilioApi
) -> None:
    api.recordings.clear()
    with pytest.raises(RecordingGone):
        await recordings.open(ACCOUNT, URL)


@pytest.mark.parametrize(
    "url",
    [
        "",
        PATH,
        f"http://api.twilio.com{PATH}",
        f"https://api.twilio.com:8443{PATH}",
        f"https://twilio.com.evil.example{PATH}",
        f"https://evil.example{PATH}",
        f"https://api.twilio.com@evil.example{PATH}",
        f"https://127.0.0.1{PATH}",
        f"https://api.twilio.com{PATH}/../../../Messages/SM1",
        f"https://api.twilio.com{PATH.replace(SID, 'AC' + 'f' * 32)}",
        f"https://api.twilio.com/2010-04-01/Accounts/{SID}/Messages/{RECORDING}",
        "https://[::1",
    ],
)
async def test_no_other_address_is_ever_asked(
    recordings: TwilioRecordings, api: TwilioApi, url: str
) -> None:
    for asking in (recordings.open, recordings.delete):
        with pytest.raises(InvalidInput, match="nothing is fetched"):
            await asking(ACCOUNT, url)
    assert api.asked == []


async def test_a_redirect_is_followed_without_a_token(
    recordings: TwilioRecordings, api: TwilioApi
) -> None:
    api.elsewhere = f"{api.url}/bucket/{RECORDING}.mp3"
    assert await heard(await recordings.open(ACCOUNT, URL)) == SOUND
    assert api.asked[-1] == f"/bucket/{RECORDING}.mp3"
    assert api.sent_tokens == [True, False]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/x.mp3", "http://x.amazonaws.com/a"])
async def test_a_redirect_to_anywhere_else_is_refused(
    recordings: TwilioRecordings, api: TwilioApi, elsewhere: str
) -> None:
    api.elsewhere = elsewhere
    with pytest.raises(ProviderBroken, match="not its own"):
        await recordings.open(ACCOUNT, URL)


async def test_redirects_without_end_are_given_up_on(
    recordings: TwilioRecordings, api: TwilioApi
) -> None:
    api.elsewhere = f"{api.url}{PATH}.mp3"
    with pytest.raises(ProviderBroken, match="302"):
        await recordings.open(ACCOUNT, URL)


async def test_a_twilio_that_says_nothing_is_told_as_such(
    recordings: TwilioRecordings, api: TwilioApi
) -> None:
    api.silent = True
    with pytest.raises(ProviderTimeout):
        await recordings.open(ACCOUNT, URL)


async def test_a_recording_is_deleted_with_what_was_written_down_of_it(
    recordings: TwilioRecordings, api: TwilioApi
) -> None:
    api.written[RECORDING] = ["TR" + "1" * 32, "TR" + "2" * 32]
    await recordings.delete(ACCOUNT, URL)
    assert api.recordings == {}
    assert api.written == {RECORDING: []}


async def test_to_delete_one_that_is_gone_is_no_failure(
    recordings: TwilioRecordings, api: TwilioApi
) -> None:
    api.recordings.clear()
    await recordings.delete(ACCOUNT, URL)


async def test_a_deletion_that_twilio_refuses_is_told(
    recordings: TwilioRecordings, api: TwilioApi
) -> None:
    api.answer = (503, '{"code": 20503, "message": "Service is down"}')
    with pytest.raises(ProviderFailed, match="503"):
        await recordings.delete(ACCOUNT, URL)
