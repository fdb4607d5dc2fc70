from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.webhooks.conftest import ORIGIN, PARAMETERS, signed, twiml

if TYPE_CHECKING:
    from tests.webhooks.conftest import OpenPhone


async def test_a_fallback_that_cannot_be_verified_gets_one_document(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production) as phone:
        answers = [
            await phone.post("fallback", {"ErrorCode": "11200"}),
            await phone.post("fallback", {"Called": "+12395559999"}),
        ]
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.content for answer in answers}) == 1
        await phone.services.call_log.flush()
        assert await phone.services.call_log.call(PARAMETERS["CallSid"]) is None


async def test_a_verified_fallback_takes_a_message(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production) as phone:
        params = {"ErrorCode": "11200", "ErrorUrl": f"{ORIGIN}/api/twilio/voice"}
        answer = await signed(phone, f"{ORIGIN}/api/twilio/fallback", params)
    assert answer.status_code == 200
    assert twiml(answer).find("Record") is not None


async def test_a_verified_fallback_is_counted_for_the_operator(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production) as phone:
        for code in ("11200", "11200", "12100"):
            params = {"ErrorCode": code, "ErrorUrl": f"{ORIGIN}/api/twilio/voice"}
            await signed(phone, f"{ORIGIN}/api/twilio/fallback", params)
        await phone.services.notices.watch.look()
        (notice,) = await phone.services.stores.outbox.unaddressed()
    assert notice.data["what"] == "Twilio could not use an answer"
    assert notice.data["count"] == 3
    assert "12100" in notice.data["found"]
    assert "errors/12100" in notice.data["remedy"]
