from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.ports import Answer, Part, Question
from clientsvia.calls.speculation import Speculation
from clientsvia.errors import StoreUnavailable
from clientsvia.stores.memory.prepared_answers import MemoryPreparedAnswers
from tests.conftest import OPEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from clientsvia.companies.company import Company


class CountingResponder:
    """Answers with the question, and counts how often it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken = False

    async def answer(self, question: Question) -> AsyncIterator[Part]:
        self.asked.append(question.text)
        if self.broken:
            raise StoreUnavailable("planted")
        yield Part(f"About {question.text}.", "knowledge:x", 0.7)


@pytest.fixture
def responder() -> CountingResponder:
    return CountingResponder()


@pytest.fixture
def speculation(responder: CountingResponder) -> Speculation:
    return Speculation(responder, MemoryPreparedAnswers())


async def test_words_that_mean_the_same_get_the_prepared_answer(
    speculation: Speculation, responder: CountingResponder, demo: Company
) -> None:
    assert await speculation.hear("CA1", 1, 0, Question(demo, "um do you fix drains", OPEN))
    question = Question(demo, "Do you fix drains?", OPEN)
    answer, prepared = await speculation.answer("CA1", 1, question)
    assert prepared
    assert answer == Answer(("About um do you fix drains.",), "knowledge:x", 0.7)
    assert len(responder.asked) == 1


@pytest.mark.parametrize(
    "final",
    ["do you fix drains no wait roofs", "do you not fix drains", "do you fix drain", "drains"],
)
async def test_words_that_differ_are_a_new_question(
    speculation: Speculation, demo: Company, final: str
) -> None:
    await speculation.hear("CA1", 1, 0, Question(demo, "do you fix drains", OPEN))
    answer, prepared = await speculation.answer("CA1", 1, Question(demo, final, OPEN))
    assert not prepared
    assert answer.sentences == (f"About {final}.",)


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
        _, prepared = await speculation.answer(call, turn, Question(company, text, OPEN))
        assert not prepared


async def test_words_about_the_call_itself_are_not_prepared_for(
    speculation: Speculation, responder: CountingResponder, demo: Company
) -> None:
    for sequence, text in enumerate(("speak to a person", "goodbye", "?!", "yes please")):
        assert not await speculation.hear("CA1", 1, sequence, Question(demo, text, OPEN))
    assert responder.asked == []


async def test_the_same_words_are_prepared_once(
    speculation: Speculation, responder: CountingResponder, demo: Company
) -> None:
    for sequence in range(4):
        await speculation.hear("CA1", 1, sequence, Question(demo, "do you fix drains", OPEN))
    assert len(responder.asked) == 1


async def test_partials_out_of_order_and_doubled_are_dropped(demo: Company) -> None:
    texts = ["do you", "do you fix", "do you fix drains"]
    for order in permutations(range(3)):
        responder = CountingResponder()
        speculation = Speculation(responder, MemoryPreparedAnswers())
        for sequence in (*order, *order):
            await speculation.hear("CA1", 1, sequence, Question(demo, texts[sequence], OPEN))
        newest_first = [texts[s] for n, s in enumerate(order) if s > max((-1, *order[:n]))]
        assert responder.asked == newest_first


class BrokenStore(MemoryPreparedAnswers):
    """A store that is gone."""

    async def claim(self, key: str, ttl: float = 30.0) -> bool:
        raise StoreUnavailable(f"{key} {ttl}")

    async def parts(self, key: str, timeout: float) -> AsyncIterator[str]:  # noqa: ASYNC109 - the port's
        if key:
            raise StoreUnavailable(f"{key} {timeout}")
        yield ""


async def test_without_a_store_nothing_is_prepared_and_everything_answered(
    responder: CountingResponder, demo: Company
) -> None:
    speculation = Speculation(responder, BrokenStore())
    question = Question(demo, "do you fix drains", OPEN)
    assert not await speculation.hear("CA1", 1, 0, question)
    answer, prepared = await speculation.answer("CA1", 1, question)
    assert answer.known
    assert not prepared


async def test_a_preparation_that_fails_leaves_the_question_to_the_final(
    speculation: Speculation, responder: CountingResponder, demo: Company
) -> None:
    responder.broken = True
    question = Question(demo, "do you fix drains", OPEN)
    await speculation.hear("CA1", 1, 0, question)
    responder.broken = False
    answer, prepared = await speculation.answer("CA1", 1, question)
    assert answer.known
    assert not prepared
