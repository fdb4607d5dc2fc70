from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from clientsvia.calls.effects import MessageLeft, TransferMissed, UrgentCall
from tests.contracts.samples import NOON, OTHER_SID, SID, step

if TYPE_CHECKING:
    from clientsvia.calls.effects import Effect
    from clientsvia.calls.ports import Step
    from tests.contracts.workers import Worker

SOON = NOON + timedelta(seconds=10)
LEFT = MessageLeft(name="Ada", reason='says "effects":[{"type": "x"}], and \u20ac')
MISSED = TransferMissed("office", "busy")


def bringing(key: str, *effects: Effect, sid: str = SID, **fields: Any) -> Step:
    told = [{"type": type(effect).__name__, **asdict(effect)} for effect in effects]
    return step(key, sid, answered={"said": ["Thank you."], "effects": told}, **fields)


async def test_a_steps_effects_wait_in_their_order(worker: Worker, other: Worker) -> None:
    await worker.call_states.commit(bringing("1:heard", MISSED, LEFT))
    await worker.call_states.commit(bringing("2:heard", UrgentCall("burst"), sid=OTHER_SID))

    found = await other.effects.waiting(NOON)

    assert [(one.kind, dict(one.data)) for one in found] == [
        ("TransferMissed", asdict(MISSED)),
        ("MessageLeft", asdict(LEFT)),
        ("UrgentCall", asdict(UrgentCall("burst"))),
    ]
    assert [(one.company, one.call_sid, one.turn, one.at) for one in found] == [
        ("acme", SID, 1, NOON),
        ("acme", SID, 1, NOON),
        ("acme", OTHER_SID, 2, NOON),
    ]
    assert [one.id for one in found] == sorted({one.id for one in found})


async def test_steps_without_effects_leave_none(worker: Worker) -> None:
    await worker.call_states.commit(step("1:heard"))
    await worker.call_states.commit(bringing("2:heard"))
    said = {"said": ['"effects":[{"type":"MessageLeft"}]'], "effects": []}
    await worker.call_states.commit(step("3:heard", answered=said))

    assert list(await worker.effects.waiting(NOON)) == []


async def test_a_second_delivery_brings_nothing_more(worker: Worker, other: Worker) -> None:
    await asyncio.gather(
        *((worker, other)[n % 2].call_states.commit(bringing("1:heard", LEFT)) for n in range(6))
    )

    assert len(await worker.effects.waiting(NOON)) == 1


async def test_steps_committed_together_keep_their_effects(worker: Worker) -> None:
    steps = [bringing(f"{n}:heard", MessageLeft(name=f"caller {n}")) for n in range(1, 30)]
    await asyncio.gather(*(worker.call_states.commit(one) for one in steps))

    found = await worker.effects.waiting(NOON, limit=10)

    assert [one.data["name"] for one in found] == [f"caller {n}" for n in range(1, 11)]
    assert len(await worker.effects.waiting(NOON)) == 29


async def test_an_effect_is_claimed_by_one(worker: Worker, other: Worker) -> None:
    await worker.call_states.commit(bringing("1:heard", LEFT, MISSED))
    ids = [one.id for one in await worker.effects.waiting(NOON)]

    claims = await asyncio.gather(
        *((worker, other)[n % 2].effects.claim(ids, NOON, SOON) for n in range(6))
    )

    assert sorted(claims) == [False] * 5 + [True]
    assert [one.claimed for one in await other.effects.waiting(NOON)] == [True, True]


async def test_a_claim_of_somebody_who_died_ends(worker: Worker, other: Worker) -> None:
    await worker.call_states.commit(bringing("1:heard", LEFT))
    (effect,) = await worker.effects.waiting(NOON)
    await worker.effects.claim([effect.id], NOON, SOON)

    assert not await other.effects.claim([effect.id], NOON, SOON)
    assert [one.claimed for one in await other.effects.waiting(SOON)] == [False]
    later = SOON + timedelta(seconds=10)
    assert await other.effects.claim([effect.id], SOON, later)


async def test_what_is_done_is_never_seen_again(worker: Worker, other: Worker) -> None:
    await worker.call_states.commit(bringing("1:heard", LEFT, MISSED))
    first, second = [one.id for one in await worker.effects.waiting(NOON)]

    await worker.effects.done([first])
    await other.effects.done([first])

    assert [one.id for one in await other.effects.waiting(NOON)] == [second]
    assert not await other.effects.claim([first, second], NOON, SOON)
    assert [one.claimed for one in await worker.effects.waiting(NOON)] == [False]
    await worker.call_states.commit(bringing("1:heard", LEFT, MISSED))
    assert [one.id for one in await worker.effects.waiting(NOON)] == [second]


async def test_an_id_is_never_given_twice(worker: Worker) -> None:
    await worker.call_states.commit(bringing("1:heard", LEFT))
    (first,) = await worker.effects.waiting(NOON)
    await worker.effects.done([first.id])

    await worker.call_states.commit(bringing("2:heard", LEFT))

    assert [one.id > first.id for one in await worker.effects.waiting(NOON)] == [True]
