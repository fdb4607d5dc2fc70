"""Answers without any account."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.parts import whole
from clientsvia.calls.ports import Answer, Question
from clientsvia.providers.knowledge import KnowledgeResponder

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

TUESDAY = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


async def ask(company: Company, text: str) -> Answer:
    return await whole(KnowledgeResponder().answer(Question(company, text, TUESDAY)))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Are you open on Monday?", "hours"),
        ("What's your address?", "address"),
        ("Do you take credit cards?", "knowledge:payment"),
        ("How many hours does it take to replace a water heater?", "knowledge:duration"),
        ("Do you sell sushi?", "unknown"),
        ("", "unknown"),
    ],
)
async def test_each_question_is_answered_from_its_source(
    demo: Company, text: str, source: str
) -> None:
    answer = await ask(demo, text)
    assert answer.source == source
    assert answer.known is (source != "unknown")
    assert bool(answer.sentences) is answer.known


async def test_hours_and_address_may_be_asked_at_once(demo: Company) -> None:
    answer = await ask(demo, "What are your hours, and where are you located?")
    assert answer.source == "hours"
    assert answer.sentences[-1].startswith("You'll find us at")


async def test_a_long_answer_comes_in_sentences(demo: Company) -> None:
    answer = await ask(demo, "my pipe burst")
    assert answer.source == "knowledge:emergency"
    assert answer.sentences[1] == "If water is running, please close the main valve first."
    assert answer.score >= demo.ai.threshold
