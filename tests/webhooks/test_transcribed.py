from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.card_numbers import MASK
from clientsvia.webhooks.transcribed import TEXT_LENGTH
from tests.webhooks.conftest import PARAMETERS, said, signed, verb

if TYPE_CHECKING:
    from tests.webhooks.conftest import OpenPhone, Phone

SID = PARAMETERS["CallSid"]
WORDS = {
    "RecordingSid": "RE" + "1" * 32,
    "TranscriptionStatus": "completed",
    "TranscriptionText": "This is Ada,\n please call me.",
    "CallStatus": "completed",
}


async def recorded(phone: Phone) -> str:
    """Leave a recording; where its transcription is to be sent."""
    asked = await phone.say(await phone.post("voice"), "I want to leave a message")
    recording = verb(await phone.say(asked, "I'd rather leave a voicemail"), "Record")
    done = {"RecordingUrl": "https://api.twilio.com/RE1", "RecordingDuration": "9"}
    answer = await phone.post(recording.attrib["action"], done)
    assert said(answer) == sentences.MESSAGE_TAKEN
    return recording.attrib["transcribeCallback"]


async def test_what_was_recognised_is_added_to_the_message(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        target = await recorded(phone)
        answers = [await phone.post(target, WORDS) for _ in range(3)]
        waiting = await phone.services.stores.effects.waiting(phone.services.clock.now())
        await phone.services.clerk.work()
        message = await phone.services.stores.messages.get("demo", SID)
        call = await phone.services.call_log.call(SID)
    assert [(one.status_code, one.content) for one in answers] == [(204, b"")] * 3
    assert [one.kind for one in waiting] == ["MessageLeft", "MessageTranscribed"]
    assert message is not None
    assert message.transcript == "This is Ada, please call me."
    assert (message.recording, message.seconds) == ("https://api.twilio.com/RE1", 9)
    assert call is not None
    assert call.turns[-1].event["text"] == "This is Ada, please call me."
    assert call.outcome == "message"


async def test_a_transcription_that_failed_adds_nothing(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        failed = WORDS | {"TranscriptionStatus": "failed", "TranscriptionText": "?"}
        await phone.post(await recorded(phone), failed)
        await phone.services.clerk.work()
        message = await phone.services.stores.messages.get("demo", SID)
        told = await phone.services.stores.outbox.unaddressed()
    assert message is not None
    assert message.transcript == ""
    assert [notice.data["transcript"] for notice in told] == [""]


async def test_a_transcription_without_end_is_cut(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        long = WORDS | {"TranscriptionText": "word " * 9999}
        await phone.post(await recorded(phone), long)
        await phone.services.clerk.work()
        message = await phone.services.stores.messages.get("demo", SID)
    assert message is not None
    assert len(message.transcript) == TEXT_LENGTH


async def test_a_call_that_is_over_does_not_count_as_open_for_it(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        target = await recorded(phone)
        await phone.post("status", {"CallStatus": "completed"})
        await phone.post(target, WORDS)
        assert len(phone.services.switchboard.admission) == 0


@pytest.mark.parametrize("called", ["+12395559999", "nonsense"])
async def test_words_for_a_number_nobody_has_go_nowhere(open_phone: OpenPhone, called: str) -> None:
    async with open_phone() as phone:
        answer = await phone.post("transcribed", WORDS | {"Called": called})
        waiting = await phone.services.stores.effects.waiting(phone.services.clock.now())
    assert answer.status_code == 204
    assert list(waiting) == []


async def test_words_that_are_not_signed_are_refused(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production) as phone:
        forged = await phone.post("transcribed", WORDS)
        waiting = await phone.services.stores.effects.waiting(phone.services.clock.now())
        url = "https://answers.example/api/twilio/transcribed"
        genuine = await signed(phone, url, WORDS)
    assert forged.status_code == 403
    assert list(waiting) == []
    assert genuine.status_code == 204


async def test_a_card_number_in_a_recording_is_not_written_down(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        words = WORDS | {"TranscriptionText": "it is 4111 1111 1111 1111"}
        await phone.post(await recorded(phone), words)
        await phone.services.clerk.work()
        message = await phone.services.stores.messages.get("demo", SID)
        call = await phone.services.call_log.call(SID)
    assert message is not None
    assert message.transcript == f"it is {MASK}"
    assert call is not None
    assert call.turns[-1].event["text"] == f"it is {MASK}"
