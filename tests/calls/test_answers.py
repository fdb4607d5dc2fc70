"""How long an answer is waited for, to the millisecond of a virtual clock."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import deadline
from clientsvia.calls.answers import BRIEFLY, Answers
from clientsvia.calls.conversation import Conversation, Conversations
from clientsvia.calls.events import AnswerLate
from clientsvia.calls.makings import Makings
from clientsvia.calls.onset import NONE
from clientsvia.calls.partials import Partials
from clientsvia.calls.ports import Question
from clientsvia.calls.speculation import Speculation, Unlimited
from clientsvia.calls.state import Pending
from clientsvia.providers.clock import StartedClock
from clientsvia.providers.knowledge import KnowledgeResponder
from clientsvia.providers.say import SaySpeech
from clientsvia.rehearsal.virtual_time import run_in_virtual_time
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from clientsvia.stores.memory.prepared_answers import MemoryPreparedAnswers
from tests.calls.calling import a_call
from tests.calls.responding import Scripted
from tests.conftest import OPEN

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from clientsvia.calls.events import Event
    from clientsvia.companies.company import Company

NEVER = 3600.0


def waits(wait: Callable[[Answers], Awaitable[Event]]) -> float:
    """Seconds until a caller is told that an answer is late, when none ever comes."""

    async def measured() -> float:
        makings = Makings(Scripted(pace=NEVER), SaySpeech(), MemoryPreparedAnswers())
        speculation = Speculation(makings, NONE, Unlimited())
        conversations = Conversations(MemoryCallStates(CallMemory()))
        partials = Partials(
            speculation,
            conversations,
            MemoryPreparedAnswers(),
            None,
            lambda _: None,
            StartedClock(OPEN),
        )
        answers = Answers(speculation, partials, KnowledgeResponder())
        loop = asyncio.get_running_loop()
        began = loop.time()
        assert isinstance(await wait(answers), AnswerLate)
        passed = loop.time() - began
        await makings.close()
        return passed

    return run_in_virtual_time(measured())


def test_a_final_waits_for_the_first_sentence_and_no_longer(demo: Company) -> None:
    async def wait(answers: Answers) -> Event:
        return (await answers.ask(a_call(turn=1), Question(demo, "drains?", OPEN)))[0]

    assert waits(wait) == pytest.approx(deadline.FIRST)


@pytest.mark.parametrize(
    ("asked_s_ago", "waited", "patience"),
    [
        (1.2, 0.0, deadline.WEBHOOK),
        (4.0, 0.0, deadline.TURN - 4.0),
        (4.0, 0.5, deadline.TURN - 4.5),
        (1.2, 0.5, deadline.WEBHOOK - 0.5),
        (5.99, 0.0, BRIEFLY),
        (60.0, 0.0, BRIEFLY),
        (-3600.0, 0.0, deadline.WEBHOOK),  # the clock was set back
    ],
)
def test_a_redirect_waits_within_what_is_left_of_the_turn_and_of_a_webhook(
    demo: Company, asked_s_ago: float, waited: float, patience: float
) -> None:
    async def wait(answers: Answers) -> Event:
        question = Question(demo, "drains?", OPEN)
        making = await answers.speculation.final("CA1", 1, question)
        asked_at = int((OPEN - timedelta(seconds=asked_s_ago)).timestamp() * 1000)
        call = a_call(turn=1, pending=Pending(making.key, 0, asked_at))
        return await answers.go_on(demo, call, Conversation(), OPEN, waited)

    assert waits(wait) == pytest.approx(patience)
