from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.targets import asked_for, wanted_target

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("put me through to billing please", "office"),
        ("connect me to the plumber on call", "on-call"),
        ("I want to talk to Maria, it is an emergency", "office"),
        ("it is an emergency, let me talk to Maria", "on-call"),
    ],
)
def test_whoever_is_named_first_is_wanted(demo: Company, text: str, target: str) -> None:
    wanted = wanted_target(text, demo)
    assert wanted is not None
    assert wanted.id == target


def test_a_caller_may_name_nobody(demo: Company) -> None:
    assert wanted_target("put me through to Dana", demo) is None


@pytest.mark.parametrize(
    "text",
    [
        "is Maria there?",
        "Maria please",
        "hi, is Maria in today",
        "could I get billing",
        "the office?",
    ],
)
def test_a_name_with_nothing_but_courtesy_around_it_asks_for_its_owner(
    demo: Company, text: str
) -> None:
    target = asked_for(text, demo, offered=False)
    assert target is not None
    assert target.id == "office"


@pytest.mark.parametrize(
    "text",
    ["when is Maria there", "is the office open on Sunday", "I need a plumber", "is Dana there?"],
)
def test_a_question_about_them_does_not(demo: Company, text: str) -> None:
    assert asked_for(text, demo, offered=False) is None


def test_a_bare_keyword_counts_only_as_an_answer_to_an_offer(demo: Company) -> None:
    assert asked_for("billing", demo, offered=False) is None
    assert asked_for("billing", demo, offered=True) is not None
