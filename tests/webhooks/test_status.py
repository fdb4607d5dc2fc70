from __future__ import annotations

from typing import TYPE_CHECKING

from tests.webhooks.conftest import PARAMETERS

if TYPE_CHECKING:
    from tests.webhooks.conftest import OpenPhone


async def test_the_end_of_a_call_is_logged(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        await phone.post("voice")
        params = {"CallStatus": "completed", "CallDuration": "42"}
        answer = await phone.post("status", params)
        await phone.services.call_log.flush()
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert (answer.status_code, answer.content) == (204, b"")
    assert call is not None
    assert call.status == "completed"
    assert call.ended_at is not None


async def test_a_status_of_a_number_nobody_has_is_taken_quietly(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.post("status", {"Called": "+12395559999", "CallStatus": "completed"})
    assert answer.status_code == 204


async def test_what_was_left_on_a_call_that_is_over_is_told_as_it_stands(
    open_phone: OpenPhone,
) -> None:
    async with open_phone() as phone:
        asked = await phone.say(await phone.post("voice"), "I want to leave a message")
        await phone.say(asked, "My sink is leaking")
        await phone.services.clerk.work()
        assert await phone.services.stores.outbox.unaddressed() == []
        await phone.post("status", {"CallStatus": "in-progress"})
        await phone.services.clerk.work()
        assert await phone.services.stores.outbox.unaddressed() == []
        await phone.post("status", {"CallStatus": "completed"})
        await phone.services.clerk.work()
        (notice,) = await phone.services.stores.outbox.unaddressed()
    assert notice.data["reason"] == "My sink is leaking"
