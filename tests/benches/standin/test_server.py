"""The stand-in as any client meets it; the providers' own packages meet it in tests/providers."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from benches.standin.answers import first_sentence
from benches.standin.audio import about
from benches.standin.behaviour import Behaviour
from benches.standin.faults import ELEVENLABS, OPENAI
from tests.providers.standin import running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from benches.standin.server import Standin

QUESTION = "How late are you open?"


@pytest.fixture
def standin() -> Iterator[Standin]:
    with running() as standin:
        yield standin


@pytest.fixture
async def http(standin: Standin) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(base_url=standin.url) as session:
        yield session


def question(model: str = "gpt", **fields: Any) -> dict[str, Any]:
    return {"model": model, "input": QUESTION, "stream": True, **fields}


async def ask(http: aiohttp.ClientSession, body: dict[str, Any], key: str = "k") -> tuple[int, str]:
    headers = {"Authorization": f"Bearer {key}"}
    async with http.post("/v1/responses", json=body, headers=headers) as answer:
        return answer.status, await answer.text()


async def test_events_are_numbered_and_every_item_that_begins_ends(
    standin: Standin, http: aiohttp.ClientSession
) -> None:
    standin.rules.add({"personality": "tools"})
    tool = {"type": "function", "name": "open_hours", "parameters": {"properties": {}}}
    _, text = await ask(http, question(tools=[tool]))
    events = [json.loads(line[6:]) for line in text.splitlines() if line.startswith("data: ")]
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    kinds = [event["type"].removeprefix("response.") for event in events]
    assert [kind for kind in kinds if kind.startswith("output_item")] == [
        "output_item.added",
        "output_item.done",
        "output_item.added",
        "output_item.done",
    ]
    assert kinds[-1] == "completed"
    assert [item["type"] for item in events[-1]["response"]["output"]] == [
        "message",
        "function_call",
    ]


async def test_the_answer_is_of_the_question_that_was_asked(http: aiohttp.ClientSession) -> None:
    _, text = await ask(http, question())
    done = next(line for line in text.splitlines() if "output_text.done" in line and "data" in line)
    assert json.loads(done[6:])["text"].startswith(first_sentence(QUESTION))


async def test_behaviour_is_switched_while_it_runs(http: aiohttp.ClientSession) -> None:
    order = {"key": "k", "behaviour": {"fault": "quota"}}
    async with http.post("/control", json=order) as answer:
        assert answer.status == 200
    assert (await ask(http, question()))[0] == 429
    assert (await ask(http, question(), key="other"))[0] == 200
    async with http.delete("/control"):
        pass
    assert (await ask(http, question()))[0] == 200


@pytest.mark.parametrize("order", [{"behaviour": {"fault": "nonsense"}}, {}, [], "text"])
async def test_an_order_it_does_not_understand_is_refused(
    http: aiohttp.ClientSession, order: object
) -> None:
    async with http.post("/control", json=order) as answer:
        assert answer.status == 400
        assert (await answer.json())["error"]


async def test_it_counts_connections_and_requests(
    standin: Standin, http: aiohttp.ClientSession
) -> None:
    await ask(http, question())
    await ask(http, question())
    async with http.get("/control") as answer:
        assert await answer.json() == {"connections": 1, "requests": {"/v1/responses": 2}}
    assert [seen.body["input"] for seen in standin.seen] == [QUESTION, QUESTION]


async def test_a_fault_meets_the_share_of_requests_it_was_given(
    standin: Standin, http: aiohttp.ClientSession
) -> None:
    standin.rules.add({"fault": "server_error", "fault_share": 0.5})
    statuses = [(await ask(http, question()))[0] for _ in range(60)]
    assert 15 <= statuses.count(500) <= 45
    assert set(statuses) == {200, 500}


async def test_tokens_come_at_their_rate_after_the_first(http: aiohttp.ClientSession) -> None:
    order = {"behaviour": {"first_token_ms": 200, "tokens_per_second": 100}}
    async with http.post("/control", json=order):
        pass
    loop = asyncio.get_running_loop()
    begun = loop.time()
    async with http.post("/v1/responses", json=question()) as answer:
        times = [
            loop.time() - begun
            async for line in answer.content
            if line.startswith(b"event: response.output_text.delta")
        ]
    assert times[0] >= 0.19
    assert times[-1] - times[0] >= 0.8 * (len(times) - 1) / 100


@pytest.mark.parametrize("fault", sorted(set(OPENAI) - {"refuses_temperature"}))
async def test_every_refusal_of_openais_is_given(http: aiohttp.ClientSession, fault: str) -> None:
    status, text = await ask(http, question(f"gpt:{fault}"))
    assert status == OPENAI[fault].status
    assert text == OPENAI[fault].body.decode()


@pytest.mark.parametrize("fault", sorted(ELEVENLABS))
async def test_every_refusal_of_elevenlabs_is_given(
    http: aiohttp.ClientSession, fault: str
) -> None:
    headers = {"xi-api-key": f"k:{fault}"}
    body = {"text": "Hello.", "model_id": "flash"}
    async with http.post("/v1/text-to-speech/v/stream", json=body, headers=headers) as answer:
        assert answer.status == ELEVENLABS[fault].status


async def test_a_clip_is_of_its_text_its_voice_and_its_key(http: aiohttp.ClientSession) -> None:
    keys = set()
    for key in ("one", "two"):
        body = {"text": "Hello.", "model_id": "flash"}
        url = "/v1/text-to-speech/rachel/stream"
        async with http.post(url, json=body, headers={"xi-api-key": key}) as answer:
            told = about(await answer.read())
        assert (told["text"], told["voice"], told["model"]) == ("Hello.", "rachel", "flash")
        keys.add(told["key"])
    assert len(keys) == 2


async def test_the_voices_of_an_account_are_listed(http: aiohttp.ClientSession) -> None:
    async with http.get("/v1/voices", headers={"xi-api-key": "k"}) as answer:
        assert (await answer.json())["voices"][0]["voice_id"]
    async with http.get("/v1/voices", headers={"xi-api-key": "k:key_refused"}) as answer:
        assert answer.status == 401


def test_it_may_begin_with_any_behaviour() -> None:
    with running(Behaviour(fault="cut")) as standin:
        assert standin.rules.chosen("", "").fault == "cut"
