from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.calls.log_queries import Place
from clientsvia.inbox.message import Message, MessageState
from tests.contracts.samples import NOON, OTHER_SID, SID

if TYPE_CHECKING:
    from tests.contracts.workers import Worker

LATER = NOON + timedelta(minutes=1)
FULL = Message(
    "acme",
    SID,
    NOON,
    "+12393334444",
    name="Ada O'Neil",
    number="+12395550142",
    reason='a pipe; "quoted", 20 \u20ac',
    urgent=True,
    recording="https://api.twilio.com/RE1",
    seconds=12,
    transcript="please call",
    summary="Ada asked for a call.",
    complete=True,
)


def left(sid: str = SID, minutes: float = 0, company: str = "acme", **fields: Any) -> Message:
    return Message(company, sid, NOON + timedelta(minutes=minutes), "", **fields)


async def test_a_message_comes_back_as_it_was(worker: Worker, other: Worker) -> None:
    assert await worker.messages.keep(FULL) == FULL

    assert await other.messages.get("acme", SID) == FULL
    assert await other.messages.list("acme") == [FULL]
    assert await other.messages.get("acme", OTHER_SID) is None
    assert await other.messages.get("miller", SID) is None


async def test_what_a_caller_says_bit_by_bit_becomes_one_message(
    worker: Worker, other: Worker
) -> None:
    await worker.messages.keep(left(reason="a leak"))
    await other.messages.keep(left(minutes=1, name="Bob", urgent=True))
    await worker.messages.keep(left(minutes=2, name="Rob"))
    whole = await other.messages.keep(left(minutes=3, complete=True))

    assert whole == left(reason="a leak", name="Rob", urgent=True, complete=True)
    assert await worker.messages.list("acme") == [whole]


async def test_everybody_may_add_at_once(worker: Worker, other: Worker) -> None:
    bits = [left(name="Ada"), left(reason="a leak"), left(number="+1"), left(seconds=3)] * 3
    await asyncio.gather(*((worker, other)[n % 2].messages.keep(bit) for n, bit in enumerate(bits)))

    found = await worker.messages.get("acme", SID)
    assert found == left(name="Ada", reason="a leak", number="+1", seconds=3)


async def test_no_company_sees_anothers_messages(worker: Worker) -> None:
    ours = await worker.messages.keep(left(name="Ada"))
    theirs = await worker.messages.keep(left(company="miller", name="Eve"))

    assert await worker.messages.get("acme", SID) == ours
    assert await worker.messages.list("miller") == [theirs]
    assert await worker.messages.mark("nobody", SID, MessageState.DONE) is None
    assert await worker.messages.list(None) == [ours, theirs]


async def test_the_newest_come_first_and_as_many_as_are_wanted(worker: Worker) -> None:
    kept = [await worker.messages.keep(left(f"CA{n}", minutes=n)) for n in range(5)]

    assert await worker.messages.list("acme", limit=2) == [kept[4], kept[3]]


async def test_a_long_list_is_read_page_by_page_without_a_gap(
    worker: Worker, other: Worker
) -> None:
    for number in range(7):
        await worker.messages.keep(left(f"CA{number}", minutes=number // 3))
    every = await worker.messages.list("acme")

    pages, before = list[Any](), None
    while page := await other.messages.list("acme", before=before, limit=2):
        pages += page
        before = Place.read(str(page[-1].place))

    assert pages == every
    assert len(pages) == 7


async def test_what_became_of_a_message_is_kept_whatever_is_added(
    worker: Worker, other: Worker
) -> None:
    await worker.messages.keep(left(name="Ada"))

    marked = await worker.messages.mark("acme", SID, MessageState.CALL_BACK)
    added = await other.messages.keep(left(reason="a leak"))

    assert marked == left(name="Ada", state=MessageState.CALL_BACK)
    assert added.state is MessageState.CALL_BACK
    assert await worker.messages.mark("acme", OTHER_SID, MessageState.DONE) is None


@pytest.mark.parametrize("state", MessageState)
async def test_messages_are_listed_by_what_became_of_them(
    worker: Worker, state: MessageState
) -> None:
    for number, each in enumerate(MessageState):
        await worker.messages.keep(left(f"CA{number}"))
        await worker.messages.mark("acme", f"CA{number}", each)

    found = await worker.messages.list("acme", states=[state])
    assert [one.state for one in found] == [state]
    both = await worker.messages.list("acme", states=[state, MessageState.NEW])
    assert {one.state for one in both} == {state, MessageState.NEW}


async def test_a_message_waits_to_be_told_until_it_is(worker: Worker, other: Worker) -> None:
    await worker.messages.keep(left("CA1"), tell_at=LATER)
    await worker.messages.keep(FULL, tell_at=NOON)
    await worker.messages.keep(left("CA2"))

    first, second = await other.messages.untold()

    assert (first.message, first.at) == (FULL, NOON)
    assert (second.message, second.at) == (left("CA1"), LATER)
    await other.messages.told(first)
    assert await worker.messages.untold() == [second]
    assert await worker.messages.untold(limit=0) == []


async def test_only_what_is_new_is_told_anew(worker: Worker) -> None:
    await worker.messages.keep(left(name="Ada"), tell_at=NOON)
    (first,) = await worker.messages.untold()
    await worker.messages.told(first)

    await worker.messages.keep(left(name="Ada"), tell_at=NOON)
    await worker.messages.keep(left(transcript="please call"))
    assert await worker.messages.untold() == []

    await worker.messages.keep(left(reason="a leak"), tell_at=LATER)
    (again,) = await worker.messages.untold()
    assert (again.message.reason, again.at) == ("a leak", LATER)
    assert again.version != first.version


async def test_what_comes_while_one_is_told_is_told_too(worker: Worker, other: Worker) -> None:
    await worker.messages.keep(left(name="Ada"), tell_at=NOON)
    (first,) = await worker.messages.untold()
    await other.messages.keep(left(reason="a leak"), tell_at=LATER)

    await worker.messages.told(first)

    (still,) = await worker.messages.untold()
    assert still.message == left(name="Ada", reason="a leak")


async def test_a_message_can_be_told_sooner_but_not_later(worker: Worker, other: Worker) -> None:
    await worker.messages.keep(left(), tell_at=LATER)
    await other.messages.hasten("acme", SID, LATER + timedelta(minutes=1))
    assert [one.at for one in await worker.messages.untold()] == [LATER]
    await other.messages.hasten("acme", SID, NOON)
    (hastened,) = await worker.messages.untold()
    assert hastened.at == NOON

    await worker.messages.told(replace(hastened))
    await other.messages.hasten("acme", SID, NOON)

    assert await worker.messages.untold() == []
