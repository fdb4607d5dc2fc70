"""So many turns under one fault, many calls at once."""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import aiohttp

from benches.faults.caller import Caller, Sounds
from benches.faults.judging import Tally
from benches.faults.place import place
from benches.faults.questions import questions
from clientsvia.simulator import Script, Step, place_call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benches.faults.place import Firm, Place
    from benches.faults.questions import Asked
    from benches.faults.troubles import Trouble
    from clientsvia.simulator import CallResult

FIRMS = 6
RAMP_S = 1.0
SIMULATED_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of everything."""

    turns: int
    callers: int
    calls: int
    margin: float
    pause: float
    seed: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of a fault; ``asked`` counts requests to model and voice, ``calls`` simulations."""

    trouble: Trouble
    tally: Tally
    seconds: float
    asked: dict[str, int]
    calls: int
    bad_calls: tuple[str, ...]


class _Course:
    """Deals out the questions, and has the fault change with them."""

    def __init__(self, here: Place, trouble: Trouble, asked: Iterator[Asked], turns: int) -> None:
        self._here = here
        self._trouble = trouble
        self._asked = asked
        self._turns = turns
        self._given = 0
        self._phase = 0
        self._changing = asyncio.Lock()

    async def next(self) -> Asked | None:
        """The next question, in the phase that it belongs to; None at the end."""
        if (asked := next(self._asked, None)) is None:
            return None
        phases = self._trouble.phases
        phase = self._given * len(phases) // self._turns
        self._given += 1
        if phase > self._phase and not self._trouble.seconds:
            async with self._changing:
                if phase > self._phase:
                    await self._here.enter(phases[phase])
                    self._phase = phase
        return asked

    async def change(self) -> None:
        """Change every few seconds, where the fault does."""
        while self._trouble.seconds:
            await asyncio.sleep(self._trouble.seconds)
            self._phase = (self._phase + 1) % len(self._trouble.phases)
            await self._here.enter(self._trouble.phases[self._phase])


def tried(trouble: Trouble, plan: Plan, done: Callable[[], None]) -> Trial:
    """Play turns and calls under a fault."""
    slow = any(phase.redis == "slow" for phase in trouble.phases)
    with tempfile.TemporaryDirectory() as folder, place(Path(folder), FIRMS, proxied=slow) as there:
        return asyncio.run(_tried(*there, trouble, plan, done))


async def _tried(
    here: Place, firms: list[Firm], trouble: Trouble, plan: Plan, done: Callable[[], None]
) -> Trial:
    tally = Tally(plan.margin)
    endless = questions(Random(plan.seed))  # noqa: S311 - questions, not secrets
    course = _Course(here, trouble, islice(endless, plan.turns), plan.turns)
    await here.enter(trouble.phases[0])
    before, began = here.home.requests(), time.monotonic()
    changing = asyncio.create_task(course.change())
    # Twilio's requests come on connections of their own, to any worker.
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    async with aiohttp.ClientSession(connector=connector) as session:
        sounds = Sounds(session)
        async with asyncio.TaskGroup() as tasks:
            for number in range(min(plan.callers, plan.turns)):
                firm = firms[number % len(firms)]
                caller = Caller(session, sounds, here.home.voice, firm, number)
                start = RAMP_S * number / plan.callers
                tasks.create_task(_hold(caller, start, course, tally, plan, done))
    seconds = time.monotonic() - began
    results = await _calls(here, firms, plan)
    changing.cancel()
    with suppress(asyncio.CancelledError):
        await changing
    await here.enter(type(trouble.phases[0])())
    after = here.home.requests()
    asked = {
        name: sum(after[path] - before.get(path, 0) for path in after if part in path)
        for name, part in (("model", "responses"), ("voice", "text-to-speech"))
    }
    bad = tuple(f"{result.call_sid}: {result.problems}" for result in results if not result.ok)
    return Trial(trouble, tally, seconds, asked, len(results), bad)


async def _hold(
    caller: Caller,
    start: float,
    course: _Course,
    tally: Tally,
    plan: Plan,
    done: Callable[[], None],
) -> None:
    await asyncio.sleep(start)
    random = Random(start)  # noqa: S311 - pauses, not secrets
    while (asked := await course.next()) is not None:
        tally.take(await caller.ask(asked))
        done()
        await asyncio.sleep(random.uniform(0, 2 * plan.pause))
    await caller.hang_up()


async def _calls(here: Place, firms: list[Firm], plan: Plan) -> list[CallResult]:
    """Whole calls by the simulator, which fetches clips and complains as Twilio does."""
    gate = asyncio.Semaphore(SIMULATED_AT_ONCE)
    endless = questions(Random(plan.seed + 1))  # noqa: S311 - questions, not secrets

    async def one(number: int, asked: list[Asked]) -> CallResult:
        script = Script.model_validate(
            {
                "from": f"+1786{2000000 + number}",
                "to": firms[number % len(firms)].number,
                "seed": plan.seed * 100_000 + number,
                "status_url": "status",
                "fallback_url": "fallback",
                "steps": [Step(say=question.text) for question in asked],
            }
        )
        async with gate:
            return await place_call(script, url=here.home.voice)

    calls = [one(number, list(islice(endless, 3))) for number in range(plan.calls)]
    return list(await asyncio.gather(*calls))
