from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.conversation import REMEMBERED, Conversation, Conversations, recalled
from clientsvia.calls.ports import Earlier
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from tests.calls.calling import a_call
from tests.contracts.samples import step

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


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
    conversations.keep(demo, a_call(turn=1), talk, 2)
    assert conversations.known(demo, a_call(turn=2)) == talk
    assert conversations.known(demo, a_call(turn=3)) is None
