from __future__ import annotations

from typing import TYPE_CHECKING

from tests.webhooks.conftest import PARAMETERS, said, verb

if TYPE_CHECKING:
    from falcon.testing import Result

    from tests.webhooks.conftest import OpenPhone, Phone


async def partial(phone: Phone, greeting: Result, text: str, sequence: int) -> Result:
    url = verb(greeting, "Gather").attrib["partialResultCallback"]
    params = {"UnstableSpeechResult": text, "SequenceNumber": str(sequence)}
    return await phone.post(url, params)


async def test_the_final_words_get_the_answer_prepared_for_the_same_words(
    open_phone: OpenPhone,
) -> None:
    async with open_phone() as phone:
        greeting = await phone.post("voice")
        assert (await partial(phone, greeting, "how can i pay", 0)).status_code == 204
        answer = await phone.say(greeting, "How can I pay?")
        await phone.services.call_log.flush()
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert "credit cards" in said(answer)
    assert call is not None
    assert call.turns[0].answered["prepared"] is True


async def test_other_final_words_are_a_new_question(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        greeting = await phone.post("voice")
        await partial(phone, greeting, "how can i pay", 0)
        answer = await phone.say(greeting, "how can I pay? no wait, do you give estimates?")
        await phone.services.call_log.flush()
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert answer.status_code == 200
    assert call is not None
    assert call.turns[0].answered["prepared"] is False


async def test_a_partial_leaves_no_turn_in_the_log(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        await partial(phone, await phone.post("voice"), "I want to talk to a person", 0)
        await phone.services.call_log.flush()
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert call is not None
    assert call.turns == ()


async def test_a_partial_of_a_call_nobody_knows_is_taken_quietly(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        unknown = {"CallSid": "CA9", "UnstableSpeechResult": "hello", "Called": "+12395559999"}
        for target in ("partial-speech", "partial-speech?call=demo.1.1.0.0.l..forged"):
            assert (await phone.post(target, unknown)).status_code == 204


async def test_odd_sequence_numbers_and_empty_texts_are_taken_quietly(
    open_phone: OpenPhone,
) -> None:
    async with open_phone() as phone:
        url = verb(await phone.post("voice"), "Gather").attrib["partialResultCallback"]
        for sequence in ("", "-1", "x", "9" * 400, "\u0661"):
            params = {"UnstableSpeechResult": "how can I", "SequenceNumber": sequence}
            assert (await phone.post(url, params)).status_code == 204
        assert (await phone.post(url, {"UnstableSpeechResult": ""})).status_code == 204


async def test_nothing_is_prepared_for_a_name_or_a_number(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        asked = await phone.say(await phone.post("voice"), "I want to leave a message")
        assert (await partial(phone, asked, "how can i pay", 0)).status_code == 204
        answer = await phone.say(asked, "How can I pay?")
        await phone.services.call_log.flush()
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert "May I have your name" in said(answer)
    assert call is not None
    assert call.turns[-1].answered["prepared"] is False
