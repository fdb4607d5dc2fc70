from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.card_numbers import MASK
from tests.webhooks.conftest import PARAMETERS, said, verb

if TYPE_CHECKING:
    from tests.webhooks.conftest import OpenPhone


async def test_a_question_is_answered_from_knowledge(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.say(await phone.post("voice"), "how much does a visit cost?")
    assert "eighty-nine dollars" in said(answer)


async def test_a_question_about_hours_is_answered_from_the_hours(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.say(await phone.post("voice"), "are you open on Monday?")
    assert "Monday" in said(answer)
    assert "8 AM" in said(answer)


async def test_a_wish_for_a_person_dials(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.say(await phone.post("voice"), "can I speak to a person please")
    assert verb(answer, "Dial").attrib["timeout"] == "18"
    assert verb(answer, "Number").text == "+12395550142"


async def test_silence_is_asked_about(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.say(await phone.post("voice"), "")
    assert said(answer) == sentences.STILL_THERE[0]


async def test_what_was_said_is_repeated_on_request(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.say(await phone.post("voice"), "do you give free estimates?")
        again = await phone.say(answer, "can you repeat that?")
    assert said(again) == said(answer)


async def test_a_final_that_comes_twice_gets_the_same_bytes_and_one_step(
    open_phone: OpenPhone,
) -> None:
    async with open_phone() as phone:
        greeting = await phone.post("voice")
        first = await phone.say(greeting, "how can I pay?")
        second = await phone.say(greeting, "how can I pay?")
        await phone.services.call_log.flush()
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert second.content == first.content
    assert call is not None
    assert [turn.key for turn in call.turns] == ["1:heard"]


async def test_without_an_action_url_the_called_number_tells_the_company(
    open_phone: OpenPhone,
) -> None:
    async with open_phone() as phone:
        answer = await phone.post("handle-speech", {"SpeechResult": "how can I pay?"})
    assert "credit cards" in said(answer)


async def test_an_action_url_of_another_call_is_worth_nothing(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        action = verb(await phone.post("voice"), "Gather").attrib["action"]
        other = {"CallSid": "CA9", "Called": "+12395559999", "SpeechResult": "how can I pay?"}
        answer = await phone.post(action, other)
    assert "no company" in said(answer)


async def test_a_child_legs_number_does_not_change_the_company(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        action = verb(await phone.post("voice"), "Gather").attrib["action"]
        params = {"Called": "+12395550142", "To": "+12395550142", "SpeechResult": "how can I pay?"}
        assert "credit cards" in said(await phone.post(action, params))


@pytest.mark.parametrize("confidence", ["", "nan", "abc", "7", "-1", "1e999"])
async def test_a_confidence_that_is_none_is_not_held_against_the_caller(
    open_phone: OpenPhone, confidence: str
) -> None:
    async with open_phone() as phone:
        greeting = await phone.post("voice")
        answer = await phone.say(greeting, "how can I pay?", Confidence=confidence)
    assert "credit cards" in said(answer)


async def test_low_confidence_is_asked_again(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.say(await phone.post("voice"), "how can I pay", Confidence="0.1")
    assert said(answer) == sentences.DID_NOT_CATCH


@pytest.mark.parametrize(
    "text",
    [
        "x" * 50_000,
        "\x00\x01\x08 control",
        "😀" * 300,
        "\u05e9\u05dc\u05d5\u05dd",
        "</Say><Dial>+19005551234</Dial>",
        "%%%",
        "(a+)+$ .*",
    ],
)
async def test_whatever_is_said_is_answered_with_twiml(open_phone: OpenPhone, text: str) -> None:
    async with open_phone() as phone:
        answer = await phone.say(await phone.post("voice"), text)
    assert answer.status_code == 200
    assert verb(answer, "Gather") is not None


async def test_long_speech_is_cut_to_two_thousand_characters(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        await phone.say(await phone.post("voice"), "pay " * 5000)
        await phone.services.call_log.flush()
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
    assert call is not None
    assert len(call.turns[0].event["text"]) <= 2000


CARD = "4111 1111 1111 1111"


async def test_no_digit_of_a_card_number_is_kept_however_it_reaches_us(
    open_phone: OpenPhone,
) -> None:
    async with open_phone() as phone:
        gather = verb(await phone.post("voice"), "Gather").attrib["action"]
        answer = await phone.post(gather, {"Digits": CARD.replace(" ", "")})
        answer = await phone.say(answer, f"charge my card {CARD} please")
        answer = await phone.say(answer, "do you fix drains? four one one one one one one one")
        await phone.say(answer, "one one one one one one one one")
        call = await phone.services.call_log.call(PARAMETERS["CallSid"])
        memory = await phone.services.stores.call_states.load("demo", PARAMETERS["CallSid"])
    assert call is not None
    heard = [turn.event["text"] for turn in call.turns]
    assert [*heard[:2], heard[3]] == [MASK, f"charge my card {MASK} please", MASK]
    assert "one one" not in repr(memory)
    assert CARD[:9] not in repr((call, memory))
