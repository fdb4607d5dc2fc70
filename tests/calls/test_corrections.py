"""Callers who mend what was heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.corrections import corrected, mended
from clientsvia.calls.events import Heard, Reminded
from clientsvia.calls.flow import decide
from clientsvia.calls.reply import AskResponder, RecallQuestion
from tests.calls.calling import a_call
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("no, I said Thursday", "Thursday"),
        ("No I meant the water heater.", "the water heater."),
        ("I said Thursday", "Thursday"),
        ("sorry, I mean at five", "at five"),
        ("no no, it's Thursday", "Thursday"),
        ("wait, make that two", "two"),
        ("no, I was asking about the price", "the price"),
        ("no", ""),
        ("no thanks", ""),
        ("it's Thursday today, are you open?", ""),
        ("I'm asking about drains", ""),
        ("do you know what I said", ""),
        ("my brother said no", ""),
    ],
)
def test_a_correction_is_told_from_other_words(text: str, meant: str) -> None:
    assert corrected(text) == meant


@pytest.mark.parametrize(
    ("earlier", "meant", "question"),
    [
        ("are you open on Tuesday?", "Thursday", "are you open on Thursday?"),
        ("are you open on Tuesday?", "next Thursday.", "are you open on next Thursday?"),
        ("are you open at five", "nine", "are you open at nine"),
        ("are you open at 5 pm", "9 am", "are you open at 9 am"),
        ("how much is a faucet", "a toilet", "how much is a faucet, a toilet"),
        ("are you open on Tuesday", "how much is a visit", "how much is a visit"),
        ("", "Thursday", "Thursday"),
    ],
)
def test_the_question_is_asked_as_it_was_meant(earlier: str, meant: str, question: str) -> None:
    assert mended(earlier, meant) == question


def test_the_flow_recalls_what_was_asked_and_asks_it_anew(demo: Company) -> None:
    call = a_call(turn=3)
    assert decide(Heard("no, I said Thursday"), demo, call, OPEN) == RecallQuestion("Thursday")
    need = decide(Reminded("Thursday", "are you open on Tuesday?"), demo, call, OPEN)
    assert need == AskResponder("are you open on Thursday?")
