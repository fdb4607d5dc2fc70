"""What a company's own data bear out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.guard.evidence import Evidence
from clientsvia.calls.guard.plain_speech import expanded
from clientsvia.calls.ports import Earlier, Question
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.calls.guard.sources import Source
    from clientsvia.companies.company import Company


@pytest.fixture
def evidence(demo: Company) -> Evidence:
    return Evidence(Question(demo, "how much is a visit", OPEN))


def price_of(evidence: Evidence) -> Source:
    return next(found for found in evidence.sources if found.id == "price")


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("A visit costs 89 dollars.", True),
        ("It's 89 dollars.", True),
        ("A water heater costs 89 dollars.", False),
        ("A roof costs 89 dollars.", False),
    ],
)
def test_a_text_is_about_an_entry_by_itself_or_as_an_answer(
    evidence: Evidence, text: str, *, about: bool
) -> None:
    assert evidence.speaks_of(text, price_of(evidence)) is about


def test_the_question_before_counts_as_well(demo: Company) -> None:
    earlier = (Earlier("how much is a visit", "Let me see."),)
    evidence = Evidence(Question(demo, "well?", OPEN, earlier))
    assert evidence.speaks_of("It's 89 dollars.", price_of(evidence))


def test_days_of_the_week_are_open_or_closed(evidence: Evidence) -> None:
    assert evidence.opens("today")
    assert evidence.opens("saturday")
    assert evidence.opens("sunday") is False
    assert evidence.opens("christmas") is None


def test_a_quotation_is_word_for_word(evidence: Evidence) -> None:
    assert evidence.quotes(expanded("Yes, we have a plumber on call at night and on weekends"))
    assert not evidence.quotes(expanded("We have a plumber on call every day"))
    assert not evidence.quotes(expanded("Yes."))


def test_a_statement_rests_on_one_source_or_on_none(evidence: Evidence) -> None:
    assert evidence.grounded("We repair leaks and drains.", read_back=False)
    assert not evidence.grounded("We repair roofs and fences.", read_back=False)
    assert evidence.grounded("I can take a message.", read_back=False)


def test_what_will_be_is_borne_out_by_the_same_words(evidence: Evidence) -> None:
    assert evidence.bears_out("We'll haul the old one away when replacing a water heater")
    assert not evidence.bears_out("We'll replace it")
    assert not evidence.bears_out("We'll haul the old water heater away today")
