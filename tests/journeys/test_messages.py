"""Messages left over the real server: what was heard, what is in the box, who was told."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.simulator import Script, place_call
from tests.journeys.sabotage import Saboteur

if TYPE_CHECKING:
    from clientsvia.simulator import CallResult
    from tests.serving import Serve, Service

pytestmark = pytest.mark.journey

PATIENCE_S = 30
IN_CONVERSATION = [
    {"say": "I'd like to leave a message.", "expect": ["What would you like me to pass on?"]},
    {"say": "My sink is leaking again.", "expect": ["May I have your name"]},
    {"say": "Ada Miller.", "expect": ["Thank you, Ada Miller.", "ending in"]},
    {"say": "No, another one.", "expect": ["What is the best number to reach you?"]},
    {"say": "293 555 0142", "expect": ["I have 2 9 3, 5 5 5, 0 1 4 2. Is that right?"]},
    {"say": "No, 239 not 293.", "expect": ["I have 2 3 9, 5 5 5, 0 1 4 2. Is that right?"]},
    {"say": "Yes.", "expect": ["Thank you, I'll pass it on. Is there anything else"]},
    {"say": "No thanks.", "expect": ["Goodbye"]},
]


async def box(service: Service, **fields: Any) -> Any:
    """The one message that is in the box, as soon as it has these fields."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        found = await asyncio.to_thread(service.clientsvia, "messages", "list")
        if len(found) == 1 and all(found[0][name] == value for name, value in fields.items()):
            return found[0]
        assert time.monotonic() < deadline, found
        await asyncio.sleep(0.2)


async def test_a_message_is_left_in_conversation(serve: Serve) -> None:
    with serve() as service:
        result = await service.call(steps=IN_CONVERSATION)
        message = await box(service, complete=True)
        log = service.log.read_text()
        call = service.clientsvia("calls", "show", result.call_sid)
    assert result.ok, (result.problems, result.expectations)
    assert message["reason"] == "My sink is leaking again."
    assert (message["name"], message["number"]) == ("Ada Miller", "+12395550142")
    assert (message["state"], message["urgent"]) == ("new", False)
    assert message["local"].startswith("2026-11-18T10:0")
    assert call["outcome"] == "message"
    assert "5550142" not in log


async def test_who_hangs_up_half_way_leaves_what_was_said(serve: Serve) -> None:
    with serve() as service:
        result = await service.call(steps=IN_CONVERSATION[:3])
        message = await box(service, name="Ada Miller")
        marked = service.clientsvia("messages", "mark", result.call_sid, "call-back")
    assert (message["complete"], message["reason"]) == (False, "My sink is leaking again.")
    assert message["note"] == "the caller did not finish it"
    assert marked["state"] == "call-back"


async def test_a_question_nobody_answers_becomes_the_message(serve: Serve) -> None:
    with serve() as service:
        result = await service.call(
            steps=[
                {"say": "Do you sell garden furniture?", "expect": ["I don't know that"]},
                {"say": "A message please.", "expect": ["You said: Do you sell garden furniture."]},
                {"say": "Ada.", "expect": ["ending in"]},
                {"press": "1", "expect": ["I'll pass it on"]},
            ]
        )
        message = await box(service, complete=True)
    assert result.ok, (result.problems, result.expectations)
    assert message["reason"] == "Do you sell garden furniture?"


async def test_a_recording_comes_with_its_words(serve: Serve) -> None:
    with serve() as service:
        result = await service.call(
            steps=[
                {"say": "I want to leave a voicemail.", "expect": ["This will be recorded."]},
                {"say": "This is Ada, my boiler leaks, please call me.", "when": "tone"},
            ]
        )
        message = await box(service, complete=True, transcript=result.recordings[0].text)
    assert result.ok, (result.problems, result.expectations)
    assert message["recording"] == result.recordings[0].url
    assert message["number"]


@pytest.mark.parametrize("workers", [1, 2])
async def test_kill_9_loses_no_message(serve: Serve, workers: int) -> None:
    script = Script.model_validate({"steps": IN_CONVERSATION, "status_url": "status", "seed": 7})
    with serve(workers=str(workers)) as service:
        saboteur = Saboteur(service, script, "I'll pass it on")
        result: CallResult = await place_call(script, url=service.voice, person=saboteur)
        message = await box(service, complete=True)
    assert len(saboteur.killed) == workers
    assert result.ok, (result.problems, result.expectations)
    assert (message["name"], message["number"]) == ("Ada Miller", "+12395550142")
