from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.webhooks import inbound
from tests.webhooks.conftest import twiml, verb

if TYPE_CHECKING:
    from tests.webhooks.conftest import OpenPhone, Phone

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


async def answered(
    phone: Phone, *events: dict[str, Any] | float, headers: tuple[tuple[bytes, bytes], ...] = ()
) -> tuple[int, bytes]:
    """Status and body for a request whose body comes as these events, with pauses between."""
    waiting = iter(events)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        event = next(waiting)
        if isinstance(event, float):
            await asyncio.sleep(event)
            event = next(waiting)
        assert isinstance(event, dict)
        return event

    async def send(event: dict[str, Any]) -> None:
        sent.append(event)

    kind = (b"content-type", b"application/x-www-form-urlencoded")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": "/api/twilio/voice",
        "query_string": b"",
        "headers": [(b"host", b"127.0.0.1"), kind, *headers],
    }
    await phone.conductor.app(scope, receive, send)
    return sent[0]["status"], b"".join(event.get("body", b"") for event in sent)


def part(body: bytes, *, more: bool = True) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def length(size: int) -> tuple[tuple[bytes, bytes], ...]:
    return ((b"content-length", str(size).encode()),)


async def test_a_body_that_is_whole_is_not_asked_for_more(open_phone: OpenPhone) -> None:
    body = GOOD.encode()
    async with open_phone() as phone:
        status, document = await answered(phone, part(body), headers=length(len(body)))
    assert (status, b"<Gather" in document) == (200, True)


async def test_a_body_in_pieces_is_put_together(open_phone: OpenPhone) -> None:
    body = GOOD.encode()
    pieces = [part(body[at : at + 10]) for at in range(0, len(body), 10)]
    async with open_phone() as phone:
        sized = await answered(phone, *pieces, headers=length(len(body)))
        chunked = await answered(phone, *pieces, part(b"", more=False))
    assert sized == chunked
    assert b"<Gather" in sized[1]


async def test_chunks_of_over_64_kib_in_all_are_413(open_phone: OpenPhone) -> None:
    chunks = [part(b"&Padding=" + b"x" * 8000) for _ in range(9)]
    async with open_phone() as phone:
        status, _ = await answered(phone, part(GOOD.encode()), *chunks, part(b"", more=False))
    assert status == 413


async def test_one_chunk_of_over_64_kib_is_413_whatever_it_says_of_its_length(
    open_phone: OpenPhone,
) -> None:
    body = GOOD.encode() + b"&Padding=" + b"x" * 65_536
    async with open_phone() as phone:
        assert (await answered(phone, part(body), headers=length(len(body))))[0] == 413
        assert (await answered(phone, part(body, more=False)))[0] == 413


async def test_a_body_of_which_the_rest_does_not_come_is_408(
    open_phone: OpenPhone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbound, "BODY_SECONDS", 0.2)
    body = GOOD.encode()
    async with open_phone() as phone:
        late = part(body[9:])
        slow = await answered(phone, part(body[:9]), 5.0, late, headers=length(len(body)))
        trickle = await answered(phone, part(body[:9]), 0.005, late, headers=length(len(body)))
    assert slow[0] == 408
    assert trickle[0] == 200
