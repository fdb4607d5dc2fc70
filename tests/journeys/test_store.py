"""What the store does to calls that are under way: nothing a caller notices."""

from __future__ import annotations

import asyncio
import sqlite3
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import aiohttp
import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serving import Serve

pytestmark = pytest.mark.journey

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PARAMETERS = {"CallSid": "CA" + "5" * 32, "Called": "+12395551212", "Caller": "+12393334444"}


async def test_a_locked_database_costs_no_answer_and_no_turn(serve: Serve, tmp_path: Path) -> None:
    with serve() as service:
        other = sqlite3.connect(tmp_path / "clientsvia.db", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        result = await service.call(
            steps=[
                {"say": "How much does a visit cost?", "expect": ["eighty-nine"]},
                {"say": "Do you give estimates?", "expect": ["free"]},
            ]
        )
        slowest = max(exchange.duration_ms for exchange in result.requests)
        other.execute("ROLLBACK")
        other.close()
        service.stop()
        call = service.clientsvia("calls", "show", result.call_sid)
    assert result.ok, (result.problems, result.expectations)
    assert slowest < 5000  # nobody hears an application error before Twilio's 15 s
    asked = ["How much does a visit cost?", "Do you give estimates?"]
    assert [turn["event"]["text"] for turn in call["turns"]] == asked


async def test_a_stop_drains_the_log(serve: Serve) -> None:
    with serve() as service:
        result = await service.call(steps=[{"say": "How can I pay?"}])
        service.stop()
        call = service.clientsvia("calls", "show", result.call_sid)
    assert call["status"] == "completed"
    assert call["turns"][0]["latency"]["commit"] > 0


async def test_a_final_delivered_five_times_at_once_is_one_turn_with_one_answer(
    serve: Serve,
) -> None:
    with serve(workers="2") as service:
        async with aiohttp.ClientSession() as session:

            async def post(url: str, params: dict[str, str]) -> bytes:
                body = urlencode(PARAMETERS | params)
                async with session.post(url, data=body, headers=FORM) as response:
                    return await response.read()

            gather = ET.fromstring(await post(service.voice, {}))[0]
            heard = {"SpeechResult": "How can I pay?"}
            answers = await asyncio.gather(
                *(post(gather.attrib["action"], heard) for _ in range(5))
            )
        call = service.clientsvia("calls", "show", PARAMETERS["CallSid"])
    assert len(set(answers)) == 1
    assert [turn["key"] for turn in call["turns"]] == ["1:heard"]
