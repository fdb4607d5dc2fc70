from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.makings import Makings
from clientsvia.calls.onset import EAGER, StartPolicy
from clientsvia.calls.ports import Question
from clientsvia.calls.speculation import Speculation, Unlimited
from clientsvia.providers.knowledge import KnowledgeResponder
from clientsvia.providers.say import SaySpeech
from clientsvia.stores.memory.prepared_answers import MemoryPreparedAnswers
from tests.calls.responding import Scripted, settled
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.calls.making import Making
    from clientsvia.companies.company import Company

PATIENCE = 5.0


class Strict(Unlimited):
    """Notes what was made for nothing, and may be told to allow nothing more."""

    def __init__(self) -> None:
        self.enough = False
        self.thrown_away: list[str] = []

    def allows(self, company: Company, call_sid: str) -> bool:
        return not self.enough and bool(company.slug and call_sid)

    def discarded(self, call_sid: str, making: Making) -> None:
        assert call_sid == "CA1"
        self.thrown_away.append(making.question.text)


LATER = StartPolicy("later", 0.03, 0.03, 0.03)


@pytest.fixture
def responder() -> Scripted:
    return Scripted()


@pytest.fixture
def waste() -> Strict:
    return Strict()


@pytest.fixture
def speculation(responder: Scripted, waste: Strict) -> Speculation:
    return Speculation(Makings(responder, SaySpeech(), MemoryPreparedAnswers()), EAGER, waste)


async def said(making: Making) -> str:
    return (await making.take(0, PATIENCE)).parts[0].text


async def test_words_that_mean_the_same_get_the_prepared_answer(
    speculation: Speculation, responder: Scripted, demo: Company
) -> None:
    assert await speculation.hear("CA1", 1, 0, Question(demo, "um do you fix drains", OPEN))
    making = await speculation.final("CA1", 1, Question(demo, "Do you fix drains?", OPEN))
    assert making.early
    assert await said(making) == "About um do you fix drains."
    assert len(responder.asked) == 1


async def test_a_matching_answer_under_way_is_joined(
    speculation: Speculation, responder: Scripted, demo: Company
) -> None:
    responder.gate = asyncio.Event()
    question = Question(demo, "do you fix drains", OPEN)
    await speculation.hear("CA1", 1, 0, question)
    making = await speculation.final("CA1", 1, question)
    assert making.parts == []
    responder.gate.set()
    assert await said(making) == "About do you fix drains."
    assert len(responder.asked) == 1


@pytest.mark.parametrize(
    "final",
    ["do you fix drains no wait roofs", "do you not fix drains", "do you fix drain", "drains"],
)
async def test_words_that_differ_are_a_new_question_and_the_old_answer_is_dropped(
    speculation: Speculation, waste: Strict, demo: Company, final: str
) -> None:
    await speculation.hear("CA1", 1, 0, Question(demo, "do you fix drains", OPEN))
    making = await speculation.final("CA1", 1, Question(demo, final, OPEN))
    assert not making.early
    assert await said(making) == f"About {final}."
    assert waste.thrown_away == ["do you fix drains"]


async def test_a_prepared_answer_belongs_to_its_call_turn_company_and_revision(
    speculation: Speculation, demo: Company
) -> None:
    text = "do you fix drains"
    await speculation.hear("CA1", 1, 0, Question(demo, text, OPEN))
    for call, turn, company in (
        ("CA2", 1, demo),
        ("CA1", 2, demo),
        ("CA1", 1, replace(demo, slug="other")),
        ("CA1", 1, replace(demo, revision=demo.revision + 1)),
    ):
        assert not (await speculation.final(call, turn, Question(company, text, OPEN))).early


async def test_words_about_the_call_itself_are_not_prepared_for(
    speculation: Speculation, responder: Scripted, demo: Company
) -> None:
    for sequence, text in enumerate(("speak to a person", "goodbye", "?!", "yes please")):
        assert not await speculation.hear("CA1", 1, sequence, Question(demo, text, OPEN))
    await asyncio.sleep(0)
    assert responder.asked == []


async def test_the_same_words_are_prepared_once(
    speculation: Speculation, responder: Scripted, demo: Company
) -> None:
    for sequence in range(4):
        await speculation.hear("CA1", 1, sequence, Question(demo, "do you fix drains", OPEN))
    await settled()
    assert len(responder.asked) == 1


async def test_when_the_caller_goes_on_the_answer_is_replaced(
    speculation: Speculation, responder: Scripted, waste: Strict, demo: Company
) -> None:
    responder.gate = asyncio.Event()
    for sequence, text in enumerate(("do you fix", "do you fix drains")):
        await speculation.hear("CA1", 1, sequence, Question(demo, text, OPEN))
        await settled()
    assert responder.stopped == waste.thrown_away == ["do you fix"]
    await speculation.final("CA1", 1, Question(demo, "never mind the drains", OPEN))


async def test_partials_out_of_order_doubled_and_after_the_final_change_nothing(
    demo: Company,
) -> None:
    texts = ["do you", "do you fix", "do you fix drains"]
    for order in permutations(range(3)):
        responder = Scripted()
        makings = Makings(responder, SaySpeech(), MemoryPreparedAnswers())
        speculation = Speculation(makings, EAGER, Unlimited())
        for sequence in (*order, *order):
            await speculation.hear("CA1", 1, sequence, Question(demo, texts[sequence], OPEN))
            await asyncio.sleep(0)
        making = await speculation.final("CA1", 1, Question(demo, texts[2], OPEN))
        assert making.early
        assert await said(making) == "About do you fix drains."
        assert not await speculation.hear("CA1", 1, 9, Question(demo, "do you fix roofs", OPEN))


async def test_a_pause_begins_an_answer_unless_words_follow(
    responder: Scripted, demo: Company
) -> None:
    makings = Makings(responder, SaySpeech(), MemoryPreparedAnswers())
    speculation = Speculation(makings, LATER, Unlimited())
    await speculation.hear("CA1", 1, 0, Question(demo, "do you fix", OPEN))
    await speculation.hear("CA1", 1, 1, Question(demo, "do you fix drains", OPEN))
    await asyncio.sleep(0.06)
    assert responder.asked == ["do you fix drains"]


async def test_nothing_is_begun_early_when_enough_was_thrown_away(
    speculation: Speculation, responder: Scripted, waste: Strict, demo: Company
) -> None:
    waste.enough = True
    question = Question(demo, "do you fix drains", OPEN)
    await speculation.hear("CA1", 1, 0, question)
    await asyncio.sleep(0)
    assert responder.asked == []
    assert not (await speculation.final("CA1", 1, question)).early


async def test_a_preparation_that_failed_leaves_the_question_to_the_final(
    speculation: Speculation, responder: Scripted, demo: Company
) -> None:
    responder.broken = True
    question = Question(demo, "do you fix drains", OPEN)
    await speculation.hear("CA1", 1, 0, question)
    await settled()
    responder.broken = False
    making = await speculation.final("CA1", 1, question)
    assert not making.early
    assert await said(making)


async def test_own_data_are_ready_before_the_final(demo: Company) -> None:
    makings = Makings(KnowledgeResponder(), SaySpeech(), MemoryPreparedAnswers())
    speculation = Speculation(makings, LATER, Unlimited())
    question = Question(demo, "how can I pay", OPEN)
    assert await speculation.hear("CA1", 1, 0, question)
    making = await speculation.final("CA1", 1, question)
    assert making.early
    assert making.complete


async def test_who_hangs_up_in_an_answer_stops_it(
    speculation: Speculation, responder: Scripted, waste: Strict, demo: Company
) -> None:
    responder.gate = asyncio.Event()
    await speculation.final("CA1", 1, Question(demo, "do you fix drains", OPEN))
    await settled()
    speculation.ended(demo.slug, "CA1")
    await settled()
    assert responder.stopped == ["do you fix drains"]
    assert waste.thrown_away == []


async def test_nothing_is_begun_once_it_is_closed(responder: Scripted, demo: Company) -> None:
    makings = Makings(responder, SaySpeech(), MemoryPreparedAnswers())
    speculation = Speculation(makings, LATER, Unlimited())
    await speculation.hear("CA1", 1, 0, Question(demo, "do you fix drains", OPEN))
    speculation.close()
    await asyncio.sleep(0.06)
    assert responder.asked == []


async def test_an_old_turn_delivered_anew_does_not_end_with_the_turn_after_it(
    speculation: Speculation, responder: Scripted, demo: Company
) -> None:
    responder.gate = asyncio.Event()
    await speculation.final("CA1", 2, Question(demo, "do you fix drains", OPEN))
    old = await speculation.final("CA1", 1, Question(demo, "do you fix roofs", OPEN))
    await speculation.final("CA1", 2, Question(demo, "do you fix doors", OPEN))
    responder.gate.set()
    assert await said(old) == "About do you fix roofs."
