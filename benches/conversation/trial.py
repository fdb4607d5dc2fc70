"""The same turns under one start policy: in real time over HTTP, and in virtual time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from random import Random
from typing import TYPE_CHECKING

import aiohttp

from benches.conversation.caller import Caller, shares
from benches.conversation.household import household
from clientsvia.calls.intents import Intent, intent_of
from clientsvia.calls.onset import POLICIES
from clientsvia.rehearsal.dialogues import read_turns, vocabulary
from clientsvia.rehearsal.figures import percentile
from clientsvia.rehearsal.recogniser import Recogniser
from clientsvia.rehearsal.speculating import first_right, rehearse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benches.conversation.caller import Waited
    from benches.conversation.household import Household
    from clientsvia.rehearsal.recogniser import Turn

ORACLE = "oracle"
BEHAVIOUR: dict[str, object] = {
    "first_token_ms": 400,
    "first_token_p99_ms": 1200,
    "tokens_per_second": 60,
    "voice_ms": 150,
    "voice_p99_ms": 150,
}
"""As the virtual model: its first sentence has fourteen tokens."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What callers waited under one policy, in seconds; ``virtual``: the same turns rehearsed."""

    policy: str
    real: tuple[float, ...]
    virtual: tuple[float, ...]
    generations: float
    rehearsed_generations: float
    fillers: float
    longest: float

    def p(self, percent: int) -> tuple[float, float]:
        """A percentile in milliseconds, real and virtual."""
        real, virtual = (percentile(sorted(waits), percent) for waits in (self.real, self.virtual))
        return real * 1000, virtual * 1000


def heard(file: Path, most: int, seed: int) -> list[Turn]:
    """Turns that ask for an answer, as a recogniser hears them."""
    texts = read_turns(file)
    recogniser = Recogniser(vocabulary(texts))
    asking = [text for text in texts if intent_of(text) is Intent.QUESTION]
    Random(seed).shuffle(asking)  # noqa: S311 - an order, not a secret
    return [
        recogniser.hear(text, Random(f"{seed} {number}"))  # noqa: S311 - noise, likewise
        for number, text in enumerate(asking[:most])
    ]


def tried(
    policy: str, turns: Sequence[Turn], callers: int, directory: Path, done: Callable[[], None]
) -> Trial:
    """Play the turns in real time, so many callers at once, and rehearse them."""
    chosen = "eager" if policy == ORACLE else policy
    # The oracle knows what will be said: it hears nothing but the first that says it.
    played = [replace(turn, partials=first_right(turn)) for turn in turns]
    said = played if policy == ORACLE else turns
    with household(directory, behaviour=BEHAVIOUR, speculation=chosen) as place:
        before = place.requests().get("/v1/responses", 0)
        waits = asyncio.run(_all(place, said, callers, done))
        generations = (place.requests()["/v1/responses"] - before) / max(1, len(waits))
    virtual = rehearse(turns, POLICIES.get(policy), seed=1)
    return Trial(
        policy,
        tuple(wait.seconds for wait in waits),
        tuple(turn.waited for turn in virtual),
        generations,
        sum(turn.generations for turn in virtual) / len(virtual),
        sum(wait.filler for wait in waits) / max(1, len(waits)),
        max((wait.longest for wait in waits), default=0.0),
    )


async def _all(
    place: Household, turns: Sequence[Turn], callers: int, done: Callable[[], None]
) -> list[Waited]:
    waits: list[Waited] = []
    # Connections are not kept: Twilio's requests come on connections of their own, to any worker.
    connector = aiohttp.TCPConnector(limit=0, force_close=True)
    async with aiohttp.ClientSession(connector=connector) as session, asyncio.TaskGroup() as tasks:
        for number, share in enumerate(shares(turns, callers)):
            caller = Caller(session, place.voice, f"CA{number:028x}", f"+1239555{number:04}")
            tasks.create_task(_hold(caller, share, number / callers, waits, done))
    return waits


async def _hold(
    caller: Caller,
    turns: Sequence[Turn],
    start: float,
    waits: list[Waited],
    done: Callable[[], None],
) -> None:
    await asyncio.sleep(start * 5)
    await caller.call()
    for turn in turns:
        if (waited := await caller.say(turn)) is None:
            await caller.hang_up()
            await caller.call()
            waited = await caller.say(turn)
        if waited is not None:
            waits.append(waited)
        done()
    await caller.hang_up()
