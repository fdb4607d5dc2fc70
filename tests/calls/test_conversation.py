from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import deadline
from clientsvia.calls.card_numbers import MASK
from clientsvia.calls.conversation import REMEMBERED, Conversation, Conversations, recalled
from clientsvia.calls.events import Heard
from clientsvia.calls.ports import Earlier
from clientsvia.calls.state import Pending
from clientsvia.errors import StoreUnavailable
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from tests.calls.calling import a_call
from tests.contracts.samples import step

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest

    from clientsvia.companies.company import Company

PENDING = Pending("ab", 0, 0)


def test_a_conversation_survives_being_stored() -> None:
    talk = Conversation().heard("how much?", ("Ninety dollars.",)).heard("", ("Still there?",))
    assert recalled(talk.memory()) == talk
    assert recalled(None) == Conversation()


def test_what_follows_in_a_turn_belongs_to_it() -> None:
    talk = Conversation().heard("how much?", ("Ninety dollars.",)).went_on(("Less for you.",))
    assert talk.turns == (Earlier("how much?", "Ninety dollars. Less for you."),)
    assert talk.said == ("Ninety dollars.", "Less for you.")


def test_the_callers_last_words_are_found_behind_a_silence() -> None:
    talk = Conversation().heard("how much?", ("Ninety dollars.",)).heard("", ("Still there?",))
    assert talk.asked == "how much?"


def test_the_oldest_turns_are_forgotten() -> None:
    talk = Conversation()
    for number in range(REMEMBERED + 3):
        talk = talk.heard(str(number), ("Yes.",))
    assert len(talk.turns) == REMEMBERED
    assert talk.turns[-1].heard == str(REMEMBERED + 2)


async def test_what_this_process_did_not_take_part_in_is_asked_of_the_store(demo: Company) -> None:
    states = MemoryCallStates(CallMemory())
    talk = Conversation().heard("how much?", ("Ninety dollars.",))
    await states.commit(step(company="demo", call_sid="CA1", memory=talk.memory()))
    conversations = Conversations(states)
    assert conversations.known(demo, a_call(turn=2)) is None
    assert await conversations.load(demo, a_call(turn=2)) == talk


def test_what_is_known_is_known_for_the_turn_that_follows_alone(demo: Company) -> None:
    conversations = Conversations(MemoryCallStates(CallMemory()), most=1)
    talk = Conversation().heard("how much?", ("Ninety dollars.",))
    conversations.keep(demo, a_call(turn=1), talk, a_call(turn=2).state)
    assert conversations.known(demo, a_call(turn=2)) == talk
    assert conversations.known(demo, a_call(turn=3)) is None


async def test_what_is_known_of_half_an_answer_is_not_known_for_the_rest(demo: Company) -> None:
    """Another process may have said the second of three pieces."""
    conversations = Conversations(MemoryCallStates(CallMemory()))
    first, second = Pending("ab", 1, 0), Pending("ab", 2, 0)
    call = a_call(turn=1)
    conversations.keep(demo, call, Conversation(), call.state.answering(first))
    assert conversations.known(demo, a_call(turn=1, pending=first)) is not None
    assert conversations.known(demo, a_call(turn=1, pending=second)) is None
    assert conversations.known(demo, call) is None


class Delayed(MemoryCallStates):
    """A store that answers when it is told to, or fails."""

    def __init__(self) -> None:
        super().__init__(CallMemory())
        self.gate = asyncio.Event()
        self.broken = False

    async def load(self, company: str, call_sid: str) -> Mapping[str, object] | None:
        found = await super().load(company, call_sid)
        await self.gate.wait()
        if self.broken:
            raise StoreUnavailable("planted")
        return found


async def test_the_words_of_a_turn_are_worth_more_patience_than_its_memory(demo: Company) -> None:
    states = Delayed()
    words = replace(Conversation().heard("when?", ()), turn=2)
    await states.commit(step(company="demo", call_sid="CA1", memory=words.memory()))
    conversations = Conversations(states)
    assert await conversations.load(demo, a_call(turn=2)) == Conversation()
    asyncio.get_running_loop().call_later(2 * deadline.MEMORY, states.gate.set)
    assert (await conversations.going_on(demo, a_call(turn=2))).asked == "when?"


async def test_what_a_partial_loads_does_not_stand_for_what_was_said_since(demo: Company) -> None:
    states = Delayed()
    conversations, call = Conversations(states), a_call(turn=2)
    earlier = asyncio.create_task(conversations.earlier(demo, call))
    await asyncio.sleep(0)
    newer = Conversation().heard("how much?", ("Let me see.",))
    state = call.state.answering(Pending("ab", 0, 0))
    conversations.keep(demo, call, newer, state)
    states.gate.set()
    assert await earlier == ()
    assert conversations.known(demo, replace(call, state=state)) == newer


async def test_what_a_store_did_not_tell_a_partial_is_asked_again(demo: Company) -> None:
    states = Delayed()
    conversations, call = Conversations(states), a_call(turn=2)
    states.gate.set()
    states.broken = True
    assert await conversations.earlier(demo, call) == ()
    assert conversations.known(demo, call) is None


def test_what_was_known_before_a_turns_words_is_not_known_while_their_answer_goes_on(
    demo: Company,
) -> None:
    conversations = Conversations(MemoryCallStates(CallMemory()))
    heard = a_call(turn=2)
    conversations.keep(demo, heard, Conversation().heard("how much?", ()), heard.state)
    waiting = replace(heard, state=heard.state.answering(PENDING))
    assert conversations.known(demo, waiting) is None
    conversations.keep(demo, heard, Conversation().heard("when?", ()), waiting.state)
    known = conversations.known(demo, waiting)
    assert known is not None
    assert known.asked == "when?"
    later = replace(waiting, state=heard.state.answering(replace(PENDING, spoken=1)))
    assert conversations.known(demo, later) is None


async def test_a_turn_that_is_committed_late_is_waited_for(demo: Company) -> None:
    states = MemoryCallStates(CallMemory())
    before = replace(Conversation().heard("how much?", ()), turn=1)
    await states.commit(step(company="demo", call_sid="CA1", memory=before.memory()))
    going_on = asyncio.create_task(Conversations(states).going_on(demo, a_call(turn=2)))
    await asyncio.sleep(0)
    now = replace(before.heard("when?", ()), turn=2)
    late = step(company="demo", call_sid="CA1", key="2:heard", turn=2, memory=now.memory())
    await states.commit(late)
    assert (await going_on).asked == "when?"


async def test_what_was_asked_in_an_earlier_turn_is_not_taken_for_this_ones(
    demo: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "WORDS", 0.01)
    states = MemoryCallStates(CallMemory())
    before = replace(Conversation().heard("how much?", ()), turn=1)
    await states.commit(step(company="demo", call_sid="CA1", memory=before.memory()))
    found = await Conversations(states).going_on(demo, a_call(turn=2))
    assert found.asked == ""


async def test_a_card_number_that_an_earlier_turn_began_is_masked_in_both(demo: Company) -> None:
    states = MemoryCallStates(CallMemory())
    talk = replace(Conversation().heard("it is 4111 1111", ("Yes?",)), turn=1)
    await states.commit(step(company="demo", call_sid="CA1", memory=talk.memory()))
    event, before = await Conversations(states).without_cards(
        demo, a_call(turn=2), Heard("1111 1111"), Conversation()
    )
    assert event == Heard(MASK)
    assert before.turns == (Earlier(f"it is {MASK}", "Yes?"),)


async def test_a_second_delivery_of_digits_does_not_go_on_from_the_first(demo: Company) -> None:
    talk = replace(Conversation().heard("4242 4242", ("Yes?",)), turn=2)
    event, before = await Conversations(MemoryCallStates(CallMemory())).without_cards(
        demo, a_call(turn=2), Heard("4242 4242"), talk
    )
    assert (event, before) == (Heard("4242 4242"), talk)
