from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from clientsvia.providers.openai_rehearsal import rehearse

ROOT = Path(__file__).parents[2]
TIMED = """
import asyncio, time
from clientsvia.providers.accounts import openai_platform
from clientsvia.providers.openai_clients import openai_clients
from tests.providers.standin import running

async def answered(client):
    begun = time.thread_time()  # of this thread alone: no wait, and nothing of the stand-in's
    async for _ in await client.responses.create(model="m", input="a", stream=True):
        pass
    return time.thread_time() - begun

async def ratio(url):
    clients = openai_clients()
    account = openai_platform("k", url)
    await clients.load(account)
    async with clients.using(account) as client:
        await client.get("/voices", cast_to=object)
        times = [await answered(client) for _ in range(6)]
    await clients.close()
    print(times[0] / min(times))

with running() as standin:
    asyncio.run(ratio(standin.openai_url))
"""


def test_every_event_of_both_apis_is_read() -> None:
    assert rehearse() == 8


def test_after_loading_the_first_answer_takes_no_longer_than_the_others() -> None:
    done = subprocess.run(
        [sys.executable, "-c", TIMED], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    assert float(done.stdout) < 6
