from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.conversation import Conversation, Conversations
from clientsvia.calls.makings import Makings
from clientsvia.calls.onset import EAGER
from clientsvia.calls.partials import Partial, Partials
from clientsvia.calls.ports import Question
from clientsvia.calls.speculation import Speculation, Unlimited
from clientsvia.errors import StoreUnavailable
from clientsvia.providers.clock import StartedClock
from clientsvia.providers.say import SaySpeech
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from clientsvia.stores.memory.prepared_answers import MemoryPreparedAnswers
from tests.calls.calling import a_call
from tests.calls.responding import Scripted, settled
from tests.conftest import OPEN
from tests.contracts.samples import step

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.companies.company import Company

DRAINS = "do you fix drains"


class Wire:
    """What several processes share: each hears what the others send."""

    def __init__(self) -> None:
        self.ends: list[End] = []
        self.cut = False

    def end(self) -> End:
        self.ends.append(End(self))
        return self.ends[-1]


class End:
    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self.hear: Callable[[str], None] = lambda _: None

    async def send(self, message: str) -> None:
        if self._wire.cut:
            raise StoreUnavailable("planted")
        for end in self._wire.ends:
            if end is not self:
                end.hear(message)

    def follow(self, hear: Callable[[str], None]) -> None:
        self.hear = hear


class Process:
    """One of several processes that serve the same calls."""

    def __init__(self, demo: Company, wire: Wire | None, shared: MemoryPreparedAnswers) -> None:
        self.responder = Scripted()
        self.states = MemoryCallStates(CallMemory())
        self.speculation = Speculation(
            Makings(self.responder, SaySpeech(), shared), EAGER, Unlimited()
        )
        self.partials = Partials(
            self.speculation,
            Conversations(self.states),
            shared,
            wire.end() if wire else None,
            {demo.slug: demo}.get,
            StartedClock(OPEN),
        )

    async def hear(self, company: Company, sequence: int, text: str, turn: int = 1) -> None:
        await self.partials.hear(company, a_call(turn=turn), Partial(sequence, text, ""))
        await settled()


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def both(demo: Company, wire: Wire) -> tuple[Process, Process]:
    shared = MemoryPreparedAnswers()
    return Process(demo, wire, shared), Process(demo, wire, shared)


async def test_all_partials_of_a_turn_are_heard_where_the_first_was(
    demo: Company, both: tuple[Process, Process]
) -> None:
    one, other = both
    await one.hear(demo, 0, "do you")
    await other.hear(demo, 1, "do you fix")
    await one.hear(demo, 2, DRAINS)
    assert one.responder.asked == ["do you", "do you fix", DRAINS]
    assert other.responder.asked == []


async def test_each_turn_is_heard_by_whoever_hears_of_it_first(
    demo: Company, both: tuple[Process, Process]
) -> None:
    one, other = both
    await one.hear(demo, 0, DRAINS)
    await other.hear(demo, 0, "do you fix roofs", turn=2)
    assert (one.responder.asked, other.responder.asked) == ([DRAINS], ["do you fix roofs"])


async def test_the_final_elsewhere_joins_what_is_made_and_ends_the_rest(
    demo: Company, both: tuple[Process, Process]
) -> None:
    one, other = both
    one.responder.gate = asyncio.Event()
    await one.hear(demo, 0, DRAINS)
    call, question = a_call(turn=1), Question(demo, DRAINS, OPEN)
    making = await other.speculation.final(call.sid, 1, question)
    other.partials.over(demo, call, making.key)
    await settled()
    one.responder.gate.set()
    taken = await making.take(0, 5)
    assert taken.parts[0].text == f"About {DRAINS}."
    assert making.early
    assert other.responder.asked == []


async def test_the_final_elsewhere_with_other_words_stops_what_is_made(
    demo: Company, both: tuple[Process, Process]
) -> None:
    one, other = both
    one.responder.gate = asyncio.Event()
    await one.hear(demo, 0, DRAINS)
    call = a_call(turn=1)
    making = await other.speculation.final(call.sid, 1, Question(demo, "no, roofs", OPEN))
    other.partials.over(demo, call, making.key)
    await settled()
    assert one.responder.stopped == [DRAINS]
    await one.hear(demo, 1, "do you fix drains and roofs")
    assert one.responder.asked == [DRAINS]


async def test_without_the_wire_each_goes_by_what_it_hears(
    demo: Company, both: tuple[Process, Process], wire: Wire
) -> None:
    one, other = both
    wire.cut = True
    await one.hear(demo, 0, DRAINS)
    await other.hear(demo, 1, "do you fix roofs")
    assert one.responder.asked == [DRAINS]


async def test_a_partial_for_other_settings_prepares_nothing(
    demo: Company, both: tuple[Process, Process]
) -> None:
    one, other = both
    await one.hear(demo, 0, "do you")
    newer = replace(demo, revision=demo.revision + 1)
    await other.hear(newer, 1, DRAINS)
    assert one.responder.asked == ["do you"]


async def test_what_is_prepared_knows_what_was_said_before(demo: Company) -> None:
    process = Process(demo, None, MemoryPreparedAnswers())
    talk = Conversation().heard("hello there", ("How can I help?",))
    await process.states.commit(step(company="demo", call_sid="CA1", memory=talk.memory()))
    await process.hear(demo, 0, DRAINS, turn=2)
    making = await process.speculation.final("CA1", 2, Question(demo, DRAINS, OPEN))
    assert making.question.earlier == talk.turns


class Distant(MemoryPreparedAnswers):
    """A store whose answer takes a while to come back."""

    async def claim(self, key: str, ttl: float = 30.0) -> bool:
        claimed = await super().claim(key, ttl)
        await asyncio.sleep(0.01)
        return claimed


async def test_partials_that_come_at_once_are_all_heard(demo: Company, wire: Wire) -> None:
    process = Process(demo, wire, Distant())
    await asyncio.gather(process.hear(demo, 0, "do you"), process.hear(demo, 1, DRAINS))
    await process.hear(demo, 2, "do you fix drains and roofs")
    await asyncio.sleep(0.05)
    assert process.responder.asked[-1] == "do you fix drains and roofs"


async def test_a_turn_decided_elsewhere_without_an_answer_stops_what_is_made(
    demo: Company, both: tuple[Process, Process]
) -> None:
    one, other = both
    one.responder.gate = asyncio.Event()
    await one.hear(demo, 0, DRAINS)
    other.partials.over(demo, a_call(turn=1))
    await settled()
    assert one.responder.stopped == [DRAINS]


async def test_the_end_of_a_call_elsewhere_stops_what_is_made(
    demo: Company, both: tuple[Process, Process]
) -> None:
    one, other = both
    one.responder.gate = asyncio.Event()
    await one.hear(demo, 0, DRAINS)
    other.partials.ended(demo, "CA1")
    await settled()
    assert one.responder.stopped == [DRAINS]


async def test_the_end_of_a_turn_waits_for_nobody(demo: Company, wire: Wire) -> None:
    process = Process(demo, wire, MemoryPreparedAnswers())
    process.partials.over(demo, a_call(turn=1))
    await process.partials.close()
    assert not await process.speculation.hear("CA1", 1, 0, Question(demo, DRAINS, OPEN))


async def test_a_correction_is_prepared_for_as_the_question_it_mends(demo: Company) -> None:
    process = Process(demo, None, MemoryPreparedAnswers())
    talk = Conversation().heard("do you come on Saturday", ("We do.",))
    await process.states.commit(step(company="demo", call_sid="CA1", memory=talk.memory()))
    await process.hear(demo, 0, "no I said Sunday", turn=2)
    assert process.responder.asked == ["do you come on Sunday"]
