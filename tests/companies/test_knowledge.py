"""Finding the entry that answers, and keeping quiet when none does.

The labelled questions are our own. Weights and threshold were chosen on three companies; the fourth
is held out, so that it shows what a company gets that nobody tuned for.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.companies.files import demo_profile
from clientsvia.companies.knowledge import Knowledge
from clientsvia.companies.profile import DEFAULT_THRESHOLD, CompanyProfile, KnowledgeEntry

LABELLED: dict[str, dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "questions.yaml").read_text(encoding="utf-8")
)


@dataclass(frozen=True, slots=True)
class Rates:
    right: float
    wrong: float
    false: float


def knowledge_of(name: str) -> Knowledge:
    if name == "demo":
        return Knowledge(demo_profile().knowledge)
    return Knowledge(CompanyProfile.model_validate(LABELLED[name]["profile"]).knowledge)


def measure(*names: str) -> Rates:
    """The shares of answerable questions answered right and wrong, and of others answered."""
    answered: list[bool] = []
    misled: list[bool] = []
    fooled: list[bool] = []
    for name in names:
        knowledge = knowledge_of(name)
        for text, wanted in LABELLED[name]["answerable"]:
            match = knowledge.best(text, DEFAULT_THRESHOLD)
            answered.append(match is not None and match.entry.id == wanted)
            misled.append(match is not None and match.entry.id != wanted)
        fooled += [
            knowledge.best(text, DEFAULT_THRESHOLD) is not None
            for text in LABELLED[name]["unknown"]
        ]
    return Rates(
        sum(answered) / len(answered), sum(misled) / len(misled), sum(fooled) / len(fooled)
    )


def entry(name: str, question: str, answer: str = "Yes.") -> KnowledgeEntry:
    return KnowledgeEntry(id=name, question=question, answer=answer)


def test_most_paraphrases_are_answered_and_few_other_questions_are() -> None:
    rates = measure("demo", "dentist", "bakery")
    assert rates.right >= 0.84
    assert rates.wrong <= 0.015
    assert rates.false <= 0.015


def test_a_company_nobody_tuned_for_fares_alike() -> None:
    rates = measure("garage")
    assert rates.right >= 0.8
    assert rates.wrong == 0.0
    assert rates.false == 0.0


@pytest.mark.parametrize("name", LABELLED)
def test_a_question_asked_as_written_gets_its_own_answer(name: str) -> None:
    knowledge = knowledge_of(name)
    for item in knowledge.entries:
        match = knowledge.best(item.question, DEFAULT_THRESHOLD)
        assert match is not None
        assert (match.entry.id, match.score) == (item.id, 1.0)


def test_equal_entries_are_told_apart_by_id() -> None:
    twins = [entry("b", "Is there parking?"), entry("a", "Is there parking?")]
    match = Knowledge(twins).best("where can I park", 0.1)
    assert match is not None
    assert match.entry.id == "a"


def test_below_the_threshold_nothing_is_known() -> None:
    knowledge = Knowledge([entry("parking", "Is there parking?")])
    found = knowledge.best("parking for a zeppelin", 0.0)
    assert found is not None
    assert knowledge.best("parking for a zeppelin", found.score) == found
    assert knowledge.best("parking for a zeppelin", found.score + 0.01) is None


@pytest.mark.parametrize("text", ["", "   ", "?!", "um, well, you know", "😀", "٣٤"])
def test_a_question_without_content_has_no_answer(text: str) -> None:
    assert Knowledge(demo_profile().knowledge).best(text, 0.0) is None


def test_without_entries_there_is_no_answer() -> None:
    assert Knowledge([]).best("where can I park", 0.0) is None


@given(st.text())
def test_a_score_is_a_share(text: str) -> None:
    match = Knowledge(demo_profile().knowledge).best(text, 0.0)
    assert match is None or 0.0 <= match.score <= 1.0
