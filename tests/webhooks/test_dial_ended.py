from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.webhooks.conftest import PARAMETERS, said, twiml, verb

if TYPE_CHECKING:
    from tests.webhooks.conftest import OpenPhone, Phone


async def dial_action(phone: Phone) -> str:
    dialling = await phone.say(await phone.post("voice"), "can I speak to a person")
    return verb(dialling, "Dial").attrib["action"]


async def test_a_transfer_that_was_answered_ends_the_call(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        params = {"DialCallStatus": "completed", "DialCallDuration": "61"}
        answer = await phone.post(await dial_action(phone), params)
        await phone.services.call_log.flush()
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert [child.tag for child in twiml(answer)] == ["Hangup"]
    assert call is not None
    assert call.outcome == "transferred"
    assert call.turns[-1].event["seconds"] == 61


@pytest.mark.parametrize("status", ["busy", "no-answer", "failed", "canceled", "", "brand-new"])
async def test_a_transfer_nobody_took_offers_a_message(open_phone: OpenPhone, status: str) -> None:
    async with open_phone() as phone:
        answer = await phone.post(await dial_action(phone), {"DialCallStatus": status})
    assert "couldn't reach the office" in said(answer)
    assert said(answer).endswith("Would you like to leave a message?")
    assert verb(answer, "Gather") is not None
