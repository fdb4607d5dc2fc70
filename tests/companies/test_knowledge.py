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
from clientsvia.companies.profile import CompanyProfile, KnowledgeEntry
from clientsvia.companies.provider_profiles import DEFAULT_THRESHOLD

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
    assert rates.right >= 0.87
    assert rates.wrong <= 0.015
    assert rates.false <= 0.015


def test_a_company_nobody_tuned_for_fares_alike() -> None:
    rates = measure("garage")
    assert rates.right >= 0.8
    assert rates.wrong == 0.0
    assert rates.false == 0.0


@pytest.mark.parametrize("text", LABELLED["demo"]["unknown"])
def test_the_demo_company_answers_nothing_that_it_was_not_asked(text: str) -> None:
    assert knowledge_of("demo").best(text, DEFAULT_THRESHOLD) is None


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


PAYMENT = entry("payment", "How do I pay?", "We take checks, and for two jobs a bill is sent.")
PARKING = entry("parking", "Is there parking?", "Yes, where the bill is sent from.")


@pytest.mark.parametrize("text", ["sent", "two jobs", "the bill", "I sent two", "are you hiring"])
def test_words_of_an_answer_alone_are_no_question(text: str) -> None:
    assert Knowledge([PAYMENT, PARKING]).best(text, 0.0) is None


def test_words_of_an_answer_decide_between_entries_that_are_asked_for() -> None:
    twice = PAYMENT.model_copy(update={"id": "abroad", "answer": "Abroad we take a transfer."})
    for text, wanted in (("pay by transfer", "abroad"), ("pay with checks", "payment")):
        match = Knowledge([twice, PAYMENT]).best(text, 0.0)
        assert match is not None
        assert match.entry.id == wanted


def test_words_of_an_answer_stand_for_themselves_alone() -> None:
    hours = entry("hours", "Do you pay overtime?", "Every job is paid by the hour.")
    knowledge = Knowledge([hours, PARKING])
    same = knowledge.best("overtime on a job", 0.0)
    like = knowledge.best("overtime when hiring", 0.0)
    assert same is not None
    assert like is not None
    assert same.score > like.score


WORDS = "pay visa leak charge reschedule visit moon half message hiring um the first".split()


@given(st.lists(st.sampled_from(WORDS), min_size=1), st.text())
def test_a_score_is_a_share(words: list[str], noise: str) -> None:
    knowledge = Knowledge(demo_profile().knowledge)
    match = knowledge.best(" ".join(["pay", *words, noise]), 0.0)
    assert match is not None
    assert 0.0 < match.score <= 1.0


def test_matches_are_the_best_entries_first_and_no_more_than_asked_for() -> None:
    knowledge = knowledge_of("demo")
    found = knowledge.matches("how much is a water heater", 3)
    assert 0 < len(found) <= 3
    assert [match.score for match in found] == sorted((m.score for m in found), reverse=True)
    assert found[0] == knowledge.best("how much is a water heater", 0.0)
    assert knowledge.matches("xylophone", 3) == []


def test_keywords_are_there_once_each() -> None:
    keywords = knowledge_of("demo").keywords
    assert "garbage disposal" in keywords
    assert len(set(keywords)) == len(keywords)
