from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta, timezone
from typing import TYPE_CHECKING

from tests.contracts.samples import NOON, OTHER_SID, SID, step

if TYPE_CHECKING:
    from tests.contracts.workers import Worker


async def test_a_call_nobody_knows_has_no_memory(worker: Worker) -> None:
    assert await worker.call_states.load("acme", SID) is None


async def test_a_step_comes_back_as_it_was(worker: Worker) -> None:
    committed = await worker.call_states.commit(step())

    assert committed == step()


async def test_the_memory_is_that_of_the_latest_step(worker: Worker, other: Worker) -> None:
    await worker.call_states.commit(step("1:heard", seconds=9, memory={"said": ["one"]}))
    await worker.call_states.commit(step("2:heard", seconds=3, memory={"said": ["two"]}))

    assert await other.call_states.load("acme", SID) == {"said": ["two"]}


async def test_a_step_that_comes_again_does_not_become_the_latest(worker: Worker) -> None:
    for key in ("1:heard", "2:heard", "1:heard"):
        await worker.call_states.commit(step(key, memory={"key": key}))

    assert await worker.call_states.load("acme", SID) == {"key": "2:heard"}


async def test_calls_do_not_share_their_memory(worker: Worker) -> None:
    await worker.call_states.commit(step(memory={"whose": "mine"}))
    await worker.call_states.commit(step(call_sid=OTHER_SID, memory={"whose": "theirs"}))

    assert await worker.call_states.load("acme", SID) == {"whose": "mine"}


async def test_the_first_to_commit_a_key_wins(worker: Worker, other: Worker) -> None:
    first = step(reply=b"first", answered={"said": ["first"]}, memory={"n": 1})
    await worker.call_states.commit(first)

    later = await other.call_states.commit(step(reply=b"second", seconds=1, memory={"n": 2}))

    assert later == first
    assert await worker.call_states.load("acme", SID) == {"n": 1}


async def test_of_many_at_once_one_wins_and_all_get_its_bytes(
    worker: Worker, other: Worker
) -> None:
    attempts = [
        (worker, other)[number % 2].call_states.commit(step(reply=b"%d" % number))
        for number in range(20)
    ]

    replies = {committed.reply for committed in await asyncio.gather(*attempts)}

    assert len(replies) == 1


async def test_no_company_reaches_the_call_of_another(worker: Worker) -> None:
    await worker.call_states.commit(step(company="acme", reply=b"acme's", memory={"n": 1}))

    theirs = await worker.call_states.commit(step(company="miller", reply=b"miller's"))

    assert theirs.reply == b"miller's"
    assert await worker.call_states.load("miller", SID) == {}
    assert await worker.call_states.load("acme", SID) == {"n": 1}
    assert await worker.call_states.load("smith", SID) is None


async def test_different_steps_at_once_are_all_stored(worker: Worker, other: Worker) -> None:
    sids = [f"CA{number:032x}" for number in range(300)]
    await asyncio.gather(
        *(
            (worker, other)[n % 2].call_states.commit(step(call_sid=sid, memory={"n": n}))
            for n, sid in enumerate(sids)
        )
    )

    assert [await worker.call_states.load("acme", sid) for sid in sids] == [
        {"n": number} for number in range(300)
    ]


async def test_a_step_is_stored_even_if_its_caller_stops_waiting(worker: Worker) -> None:
    hurried = asyncio.create_task(worker.call_states.commit(step(memory={"n": 1})))
    await asyncio.sleep(0)
    hurried.cancel()
    await asyncio.wait([hurried])

    later = await worker.call_states.commit(step(reply=b"later", memory={"n": 2}))

    assert later.reply == step().reply


async def test_what_the_maker_changes_afterwards_is_not_stored(worker: Worker) -> None:
    memory = {"said": ["one"]}
    await worker.call_states.commit(step(memory=memory))
    memory["said"].append("two")

    assert await worker.call_states.load("acme", SID) == {"said": ["one"]}


async def test_times_are_the_same_moment_in_any_zone(worker: Worker, other: Worker) -> None:
    in_tokyo = NOON.astimezone(timezone(timedelta(hours=9)))
    await worker.call_states.commit(replace(step(), at=in_tokyo))

    again = await other.call_states.commit(step())

    assert again.at == NOON


async def test_any_text_a_caller_can_say_is_kept(worker: Worker) -> None:
    words = "\u202e你好 😀 <Say>&amp;\u2028 'quoted' \"twice\" %s :name ?"
    await worker.call_states.commit(step(event={"text": words}, memory={"text": words}))

    assert await worker.call_states.load("acme", SID) == {"text": words}
