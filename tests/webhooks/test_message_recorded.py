from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from tests.webhooks.conftest import PARAMETERS, said, twiml, verb

if TYPE_CHECKING:
    from tests.webhooks.conftest import OpenPhone, Phone


async def record_action(phone: Phone) -> str:
    asked = await phone.say(await phone.post("voice"), "I want to leave a message")
    recording = await phone.say(asked, "I'd rather leave a voicemail")
    return verb(recording, "Record").attrib["action"]


async def test_a_message_is_thanked_for_and_its_address_logged(open_phone: OpenPhone) -> None:
    address = "https://api.twilio.com/2010-04-01/Accounts/AC1/Recordings/RE1"
    async with open_phone() as phone:
        params = {"RecordingUrl": address, "RecordingDuration": "9", "Digits": "#"}
        answer = await phone.post(await record_action(phone), params)
        await phone.services.call_log.flush()
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert said(answer) == sentences.MESSAGE_TAKEN
    assert call is not None
    assert call.outcome == "message"
    assert call.turns[-1].event["url"] == address


async def test_a_caller_who_hung_up_gets_the_shortest_document(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        recorded = {"RecordingUrl": "https://api.twilio.com/RE1", "RecordingDuration": "9"}
        params = recorded | {"Digits": "hangup"}
        answer = await phone.post(await record_action(phone), params)
    assert [child.tag for child in twiml(answer)] == ["Hangup"]


async def test_who_said_nothing_hears_that_there_is_no_message(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        assert said(await phone.post(await record_action(phone))) == sentences.NO_MESSAGE
