from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clientsvia.simulator import Step
from clientsvia.simulator.problems import Problem
from tests.simulator.webhook_server import answer, placed, twiml

if TYPE_CHECKING:
    from tests.simulator.webhook_server import WebhookServer


async def test_a_call_can_be_written_as_json(server: WebhookServer) -> None:
    server.on("/voice", twiml('<Gather input="speech" action="/heard"><Say>Hi 😀</Say></Gather>'))
    server.on("/heard", answer(b"\xff\xfe", status=500))
    result = await placed(server, Step(say="hello", expect="nothing like it"))

    report = json.loads(json.dumps(result.as_dict()))

    assert report["ok"] is False
    assert report["conversation"][0]["text"] == "Hi 😀"
    assert report["requests"][0]["document"].startswith("<?xml")
    assert report["requests"][0]["parameters"]["CallSid"] == report["call_sid"]
    assert report["problems"][0]["code"] == 11217
    assert report["expectations"] == [
        {"phrase": "nothing like it", "after": "say 'hello'", "met": False}
    ]
    assert report["totals"]["requests"] == 2
    assert report["totals"]["longest_ms"] >= report["totals"]["median_ms"] > 0


async def test_warnings_alone_do_not_spoil_a_call(server: WebhookServer) -> None:
    server.on("/voice", twiml("<Nonsense/>"))
    result = await placed(server)
    assert isinstance(result.problems[0], Problem)
    assert result.ok
