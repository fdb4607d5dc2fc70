from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson
import pytest
from pydantic import SecretStr

from tests.webhooks.conftest import PARAMETERS, said

if TYPE_CHECKING:
    from tests.webhooks.conftest import OpenPhone

PATH = "speech-timing-test"
STAGES = ["parse", "verify", "lookup", "answer", "render", "memory", "total"]


async def test_each_stage_of_a_turn_is_timed(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        params = {"SpeechResult": "how can I pay?", "runs": "20"}
        answer = await phone.post(PATH, params, headers={"Accept": "*/*"})
    figures = answer.json
    assert (figures["version"], figures["runs"]) == (1, 20)
    assert list(figures["stages"]) == STAGES
    for stage in figures["stages"].values():
        assert set(stage) == {"n", "p50_ns", "p95_ns", "p99_ns", "max_ns"}
        assert stage["n"] == 20
        assert 0 <= stage["p50_ns"] <= stage["p95_ns"] <= stage["p99_ns"] <= stage["max_ns"]


async def test_json_is_taken_as_well(open_phone: OpenPhone) -> None:
    body = orjson.dumps({"Called": "+12395551212", "SpeechResult": "hello", "runs": 5}).decode()
    async with open_phone() as phone:
        answer = await phone.post(PATH, body=body, headers={"Content-Type": "application/json"})
    assert answer.json["runs"] == 5


async def test_twilio_hears_the_figures(open_phone: OpenPhone) -> None:
    accept = {"Accept": "text/xml, application/xml, text/html"}
    async with open_phone() as phone:
        answer = await phone.post(PATH, {"runs": "2"}, headers=accept)
    assert "at the median" in said(answer)


async def test_it_leaves_no_trace_in_the_log(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        await phone.post(PATH, {"runs": "2"})
        await phone.services.call_log.flush()
        assert await phone.services.call_log.call(PARAMETERS["CallSid"]) is None


@pytest.mark.parametrize("runs", ["0", "-1", "1001", "many", "1.5", "9" * 40])
async def test_runs_are_bounded(open_phone: OpenPhone, runs: str) -> None:
    async with open_phone() as phone:
        assert (await phone.post(PATH, {"runs": runs})).status_code == 400


async def test_a_number_nobody_has_is_404_with_the_remedy(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.post(PATH, {"Called": "+12395559999"})
    assert answer.status_code == 404
    assert "Called" in answer.json["error"]


async def test_outside_the_demo_a_token_opens_it(
    open_phone: OpenPhone, production: dict[str, Any]
) -> None:
    async with open_phone(**production, admin_token=SecretStr("let me in")) as phone:
        params = {"runs": "2"}
        good = {"Authorization": "Bearer let me in"}
        assert (await phone.post(PATH, params, headers=good)).status_code == 200
        for wrong in ("Bearer let me", "Bearer ", "Basic let me in", ""):
            answer = await phone.post(PATH, params, headers={"Authorization": wrong})
            assert answer.status_code == 403
