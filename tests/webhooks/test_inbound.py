from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.webhooks.conftest import twiml, verb

if TYPE_CHECKING:
    from tests.webhooks.conftest import OpenPhone

GOOD = "CallSid=CA1&Called=%2B12395551212&Caller=%2B12393334444"


async def test_a_body_over_64_kib_is_413(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.post("voice", body=GOOD + "&Padding=" + "x" * 65_536)
    assert answer.status_code == 413
    assert twiml(answer) is not None


async def test_ten_thousand_parameters_are_refused(open_phone: OpenPhone) -> None:
    body = "&".join(f"p{number}=" for number in range(10_000))
    async with open_phone() as phone:
        answer = await phone.post("voice", body=body)
    assert answer.status_code in {400, 413}
    assert twiml(answer) is not None


@pytest.mark.parametrize(
    ("kind", "body"),
    [("application/json", '{"Called": "+12395551212"}'), ("text/plain", "hello"), ("", GOOD)],
)
async def test_what_is_no_form_is_415_and_no_type_counts_as_a_form(
    open_phone: OpenPhone, kind: str, body: str
) -> None:
    async with open_phone() as phone:
        answer = await phone.post("voice", body=body, headers={"Content-Type": kind})
    assert answer.status_code == (415 if kind else 200)
    assert twiml(answer) is not None


@pytest.mark.parametrize("broken", ["&a=%", "&a=%zz", "&%=1", "&a=%ff%fe", "&a=\ufffd", "&&&=&="])
async def test_broken_encoding_does_not_cost_the_call(open_phone: OpenPhone, broken: str) -> None:
    async with open_phone() as phone:
        answer = await phone.post("voice", body=GOOD + broken)
    assert verb(answer, "Gather") is not None


@pytest.mark.parametrize("sid", ["", "x" * 5000, "CA1\n2", "../../etc", "\u0661"])
async def test_a_missing_or_absurd_call_sid_is_answered(open_phone: OpenPhone, sid: str) -> None:
    async with open_phone() as phone:
        greeting = await phone.post("voice", {"CallSid": sid})
        action = verb(greeting, "Gather").attrib["action"]
        answer = await phone.post(action, {"CallSid": sid, "SpeechResult": "how can I pay?"})
    assert "credit cards" in answer.text


async def test_get_is_405_and_says_what_to_set(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.conductor.simulate_get("/api/twilio/voice", host="localhost")
    assert answer.status_code == 405
    assert "set the HTTP method to POST" in answer.text
    assert answer.headers["allow"] == "POST, OPTIONS"


async def test_a_path_that_is_none_names_the_webhook(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.post("/api/twilio/voise")
    assert answer.status_code == 404
    assert "/api/twilio/voice" in answer.text
