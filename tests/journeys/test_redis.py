"""Redis is lost in the middle of a call, and the call goes on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from urllib.request import urlopen

import orjson
import pytest

from clientsvia.simulator import Script, place_call
from clientsvia.simulator.caller import Scripted
from tests.valkey import running

if TYPE_CHECKING:
    from clientsvia.simulator.caller import Act, Moment
    from tests.serving import Serve, Service
    from tests.valkey import Valkey

pytestmark = pytest.mark.journey

SCRIPT = Script.model_validate(
    {
        "steps": [
            {"say": "How much does a visit cost?", "expect": ["eighty-nine"]},
            {"say": "Can you repeat that?", "expect": ["eighty-nine"]},
            {"say": "Do you give estimates?", "expect": ["free"]},
        ],
        "status_url": "status",
    }
)


class Saboteur(Scripted):
    """A caller who, having heard the first answer, takes Redis away."""

    def __init__(self, redis: Valkey, how: str) -> None:
        super().__init__(SCRIPT.steps, hangs_up=True)
        self.redis = redis
        self.how = how
        self.heard = False
        self.done = False

    def hears(self, text: str) -> None:
        self.heard = "eighty-nine" in text
        super().hears(text)

    async def acts(self, moment: Moment) -> Act | None:
        if self.heard and not self.done:
            self.done = True
            self.redis.kill() if self.how == "killed" else self.redis.freeze()
        return await super().acts(moment)


@pytest.mark.parametrize("how", ["killed", "frozen"])
async def test_a_call_goes_on_without_redis_on_every_worker(serve: Serve, how: str) -> None:
    with running() as redis, serve(workers="2", redis_url=redis.url) as service:
        assert (await ready(service))["redis"] == "ok"
        saboteur = Saboteur(redis, how)
        result = await place_call(SCRIPT, url=service.voice, person=saboteur)
        call = service.clientsvia("calls", "show", result.call_sid)

        assert saboteur.done
        assert result.ok, (result.problems, result.expectations)
        assert len(call["turns"]) == 3
        assert (await ready(service))["redis"].startswith("failing: Redis at 127.0.0.1")


async def ready(service: Service) -> dict[str, str]:
    def ask() -> dict[str, str]:
        with urlopen(f"{service.origin}/health/ready", timeout=5) as response:
            told: dict[str, str] = orjson.loads(response.read())
            return told

    return await asyncio.to_thread(ask)
