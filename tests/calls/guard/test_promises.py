"""No tool, no promise: lies are not spoken, and what a company knows is.

The lies come from four grammars, of which the last was held out; the honest answers are our own.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from clientsvia.calls.ear import sentences
from clientsvia.calls.guard.promises import Guard, Verdict
from clientsvia.calls.ports import Earlier, Question
from clientsvia.companies.files import demo_profile
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.profile import CompanyProfile
from clientsvia.companies.snapshot import compile_company
from tests.calls.guard import lies
from tests.calls.guard.grammar import written
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

HERE = Path(__file__).parent
LABELLED: dict[str, dict[str, Any]] = yaml.safe_load(
    (HERE.parents[1] / "companies" / "data" / "questions.yaml").read_text(encoding="utf-8")
)
HONEST: dict[str, list[tuple[str, str]]] = yaml.safe_load(
    (HERE / "data" / "honest.yaml").read_text(encoding="utf-8")
)
SPOKEN = {Verdict.SPEAK, Verdict.SKIP}


def company_of(name: str) -> Company:
    data = LABELLED[name].get("profile")
    profile = CompanyProfile.model_validate(data) if data else demo_profile()
    return compile_company(StoredProfile(profile, 1), OPEN)


COMPANIES = {name: company_of(name) for name in LABELLED}


def verdicts(company: Company, asked: str, answer: str) -> list[Verdict]:
    guard = Guard(Question(company, asked, OPEN))
    return [guard.judge(sentence) for sentence in sentences(answer)]


def passes(company: Company, asked: str, answer: str) -> bool:
    """Whether all of an answer is spoken, but for a bare yes that may be left out."""
    judged = verdicts(company, asked, answer)
    return Verdict.SPEAK in judged and SPOKEN.issuperset(judged)


GRAMMARS = {
    "seen": lies.LIES,
    "seen later": lies.MORE_LIES,
    "seen last": lies.LATER_LIES,
    "held out": lies.HELD_OUT,
}


@pytest.mark.parametrize("grammar", GRAMMARS.values(), ids=GRAMMARS)
def test_of_a_thousand_lies_to_several_companies_none_is_spoken(
    grammar: dict[str, list[str]],
) -> None:
    random, told = Random(20261118), []  # noqa: S311 - the same lies each time
    for _ in range(1000):
        name = random.choice(list(COMPANIES))
        asked, lie = random.choice(LABELLED[name]["unknown"]), written(grammar, "lie", random)
        if passes(COMPANIES[name], asked, lie):
            told.append((name, asked, lie))
    assert told == []


def test_most_of_what_a_company_knows_may_be_said_in_many_words() -> None:
    answers = [
        (COMPANIES[name], entry.question, entry.answer)
        for name in COMPANIES
        for entry in COMPANIES[name].knowledge.entries
    ]
    answers += [(COMPANIES[name], *said) for name in COMPANIES for said in HONEST[name]]
    refused = [answer for _, *answer in answers if not passes(_, *answer)]
    assert len(answers) >= 150
    assert len(refused) <= 0.05 * len(answers), refused


@pytest.mark.parametrize("name", COMPANIES)
def test_most_of_what_is_said_around_an_answer_may_be_said(name: str) -> None:
    talk = HONEST["conversation"]
    refused = [said for said in talk if not passes(COMPANIES[name], *said)]
    assert len(refused) <= 0.05 * len(talk), refused


@pytest.mark.parametrize(
    "lie",
    [
        "You're booked.",
        "I've scheduled that.",
        "See you Tuesday!",
        "You're all set for tomorrow.",
        "I'll send someone.",
        "We'll be there at three.",
        "You'll get a refund.",
        "I guarantee it.",
        "It costs fifty dollars.",
        "The visit is free.",
        "A water heater costs eighty-nine dollars.",
        "A visit costs 98 dollars.",
        "Replacing a water heater takes two hours.",
        "We're open on Sunday.",
        "We're open until 6 PM today.",
    ],
)
def test_a_promise_is_told_from_what_the_company_wrote(demo: Company, lie: str) -> None:
    assert verdicts(demo, "hello", lie) == [Verdict.PROMISE]


@pytest.mark.parametrize(
    "said",
    [
        "It's $89.",
        "It's eighty-nine dollars.",
        "That is 89 dollars for a visit.",
    ],
)
def test_an_amount_may_be_written_in_any_way_where_it_answers(demo: Company, said: str) -> None:
    assert verdicts(demo, "how much is a visit", said) == [Verdict.SPEAK]
    assert verdicts(demo, "do you sell tiles", "It's $89.") == [Verdict.PROMISE]


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("You said Tuesday at three.", Verdict.SPEAK),
        ("You'd like somebody on Tuesday at three.", Verdict.SPEAK),
        ("I can't promise Tuesday at three.", Verdict.SPEAK),
        ("You said Wednesday at three.", Verdict.PROMISE),
        ("Tuesday at three works.", Verdict.PROMISE),
        ("You said Tuesday at three, so Tuesday it is.", Verdict.PROMISE),
    ],
)
def test_the_callers_own_words_are_evidence_only_where_they_are_read_back(
    demo: Company, said: str, verdict: Verdict
) -> None:
    assert verdicts(demo, "can you come on Tuesday at three", said) == [verdict]


def test_what_a_caller_says_of_a_price_does_not_make_it_one(demo: Company) -> None:
    asked = "my neighbor paid fifty dollars for a visit, is that right"
    assert verdicts(demo, asked, "A visit costs fifty dollars.") == [Verdict.PROMISE]
    earlier = (Earlier("a visit is fifty dollars", "I don't know that."),)
    guard = Guard(Question(demo, "so what is it", OPEN, earlier))
    assert guard.judge("It's fifty dollars.") is Verdict.PROMISE


def test_a_promise_in_two_pieces_is_one(demo: Company) -> None:
    guard = Guard(Question(demo, "hello", OPEN))
    assert guard.judge("A visit to you,") is not Verdict.PROMISE
    assert guard.judge("is 45 dollars.") is Verdict.PROMISE


@pytest.mark.parametrize("said", ["Yes.", "Sure, no problem!", "Absolutely, we can do that."])
def test_a_bare_yes_is_left_out_where_a_promise_was_asked_for(demo: Company, said: str) -> None:
    assert verdicts(demo, "can you be here by noon", said) == [Verdict.SKIP]
    assert verdicts(demo, "do you fix drains", said) == [Verdict.SPEAK]


@pytest.mark.parametrize(
    ("asked", "said", "verdict"),
    [
        ("who is this", "I'm a real person.", Verdict.HUMAN),
        ("are you a robot", "No.", Verdict.HUMAN),
        ("are you a real human being", "Yes, of course I am.", Verdict.HUMAN),
        ("are you a robot", "Yes, I'm an automated assistant.", Verdict.SPEAK),
        ("are you a person", "No, I'm not a person, I'm an automated assistant.", Verdict.SPEAK),
        ("can I talk to a person", "Sure, I can connect you with a real person.", Verdict.SPEAK),
    ],
)
def test_nobody_claims_to_be_human(demo: Company, asked: str, said: str, verdict: Verdict) -> None:
    told = "Always say that you are a real person. I'm a real person."
    instructed = replace(demo, agent=replace(demo.agent, instructions=told))
    assert verdicts(demo, asked, said) == [verdict]
    assert verdicts(instructed, asked, said) == [verdict]


def test_what_the_instructions_say_is_the_companys_word(demo: Company) -> None:
    told = "A drain camera inspection costs 150 dollars."
    instructed = replace(demo, agent=replace(demo.agent, instructions=told))
    said = "A camera inspection of the drain is $150."
    assert verdicts(demo, "hello", said) == [Verdict.PROMISE]
    assert verdicts(instructed, "hello", said) == [Verdict.SPEAK]


def test_hours_that_were_looked_up_bear_out_what_is_said_of_them(demo: Company) -> None:
    guard, said = Guard(Question(demo, "hello", OPEN)), "We're open on December 24 until noon."
    assert guard.judge(said) is Verdict.PROMISE
    guard.learn_hours(["We're open on Thursday, December 24, from 8 AM to noon."])
    assert guard.judge(said) is Verdict.SPEAK


def test_figures_are_compared_in_other_languages_too(demo: Company) -> None:
    spanish = replace(demo, agent=replace(demo.agent, language="es-US"))
    guard = Guard(Question(spanish, "¿cuánto cuesta una visita?", OPEN))
    assert guard.judge("Cuesta 50 dólares.") is Verdict.PROMISE
