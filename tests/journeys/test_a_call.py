"""Whole calls over the real server: what is heard, what is logged, what the caller is told."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import yaml

from clientsvia.companies.files import as_data, demo_profile
from tests.serving import WEDNESDAY_NIGHT

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tests.serving import Serve, Service

pytestmark = pytest.mark.journey


def logged(service: Service, call_sid: str) -> Any:
    return service.clientsvia("calls", "show", call_sid)


async def test_three_questions_in_one_call_and_everything_agrees(serve: Serve) -> None:
    with serve() as service:
        result = await service.call(
            steps=[
                {"say": "How much does a visit cost?", "expect": ["eighty-nine dollars"]},
                {"say": "And are you open on Monday?", "expect": ["8 AM"]},
                {"say": "Could I speak to a person please?", "expect": ["the office"]},
            ],
            dialled=[{"does": "answers", "talks": 30}],
        )
        call = logged(service, result.call_sid)
    assert result.ok, (result.problems, result.expectations)
    asked = ["How much does a visit cost?", "And are you open on Monday?"]
    assert [turn["event"]["text"] for turn in call["turns"][:2]] == asked
    turns = [turn for turn in call["turns"] if turn["event"]["type"] != "Whispered"]
    assert [turn["answered"]["source"] for turn in turns] == [
        "knowledge:price",
        "hours",
        "target:office",
        "target:office",
    ]
    assert call["outcome"] == "transferred"
    assert call["status"] == "completed"
    spoken = [" ".join(turn["answered"]["said"]) for turn in turns[:3]]
    assert spoken == result.said()[1:4]
    documents = [ET.fromstring(exchange.body) for exchange in result.asked("gather")]
    assert [say.text for document in documents for say in document.iter("Say")] == spoken
    for turn in turns:
        assert turn["latency"]["answer"] > 0
        assert turn["latency"]["commit"] > 0


async def test_silence_is_asked_about_twice_and_then_a_message_is_taken(serve: Serve) -> None:
    with serve() as service:
        result = await service.call(steps=[{"wait": 90}], at_end="stay")
        call = logged(service, result.call_sid)
    assert [turn["answered"]["source"] for turn in call["turns"]][:3] == ["silence"] * 3
    assert "Are you still there?" in result.said()[1]
    assert not [problem for problem in result.problems if problem.level != "warning"]
    assert result.outcome == "completed"


async def test_after_hours_a_message_is_left(serve: Serve, tmp_path: Path) -> None:
    profile = as_data(demo_profile()) | {"after_hours": {"policy": "message"}}
    (tmp_path / "demo.yaml").write_text(yaml.safe_dump(profile))
    with serve(clock_start=WEDNESDAY_NIGHT) as service:
        service.clientsvia("company", "import", str(tmp_path / "demo.yaml"))
        result = await service.call(
            steps=[{"say": "This is Ada, my boiler leaks, please call me.", "when": "tone"}]
        )
        call = logged(service, result.call_sid)
    assert "closed" in result.said()[0]
    assert len(result.recordings) == 1
    assert call["outcome"] == "message"
    recorded = [turn["event"]["url"] for turn in call["turns"] if "url" in turn["event"]]
    assert recorded == [result.recordings[0].url]


async def test_a_person_who_does_not_answer_leads_back_to_a_message(serve: Serve) -> None:
    with serve() as service:
        result = await service.call(
            steps=[
                {"say": "Put me through to the office.", "expect": ["couldn't reach"]},
                {"say": "Yes please.", "when": "leave a message"},
                {"say": "Please call me back.", "when": "tone"},
            ],
            dialled=[{"does": "no-answer"}],
        )
        call = logged(service, result.call_sid)
    assert result.ok, (result.problems, result.expectations)
    assert call["outcome"] == "message"
    assert any("no-answer" in turn["answered"]["why"] for turn in call["turns"])


async def test_a_number_nobody_has_gets_a_kind_sentence(serve: Serve) -> None:
    with serve() as service:
        result = await service.call(to="+12395559999", at_end="stay")
        log = service.log.read_text()
    assert "no company at this number" in result.said()[0]
    assert result.ok
    assert "clientsvia company import" in log
    assert "2395559999" not in log


async def test_an_inactive_company_is_answered_kindly_from_the_next_webhook_on(
    serve: Serve, tmp_path: Path
) -> None:
    profile = as_data(demo_profile()) | {"active": False}
    (tmp_path / "demo.yaml").write_text(yaml.safe_dump(profile))
    with serve() as service:
        assert "How can I help you?" in (await service.call(seed=1, at_end="hang_up")).said()[0]
        service.clientsvia("company", "import", str(tmp_path / "demo.yaml"))
        result = await service.call(seed=2, at_end="stay")
    assert "not taking calls" in result.said()[0]


async def test_the_caller_who_hangs_up_is_logged_as_gone(serve: Serve) -> None:
    with serve() as service:
        result = await service.call(steps=[{"say": "How can I pay?"}])
        call = logged(service, result.call_sid)
    assert result.outcome == "hung-up"
    assert call["status"] == "completed"
    assert call["ended_at"]
