from __future__ import annotations

import pytest

from clientsvia.calls.endings import Ending, ending_of


@pytest.mark.parametrize(
    "text",
    [
        "",
        "i need a plumber for the",
        "i need a plumber and",
        "can you come to",
        "i would like to talk with my",
        "what is",
        "do you open at",
        "is joe's",
        "when they",
    ],
)
def test_what_cannot_end_so_is_unfinished(text: str) -> None:
    assert ending_of(text.split()) is Ending.UNFINISHED


@pytest.mark.parametrize(
    "text",
    [
        "plumber",
        "my address",
        "i am looking for",
        "i would like to book",
        "can you install",
        "i am currently",
        "we are remodelling",
        "who should i talk to",
        "i need it at 5",
        "what does it cost when",
        "could you tell me",
        "i want a great",
        "i am going to naples",
    ],
)
def test_what_mostly_goes_on_is_open(text: str) -> None:
    assert ending_of(text.split()) is Ending.OPEN


@pytest.mark.parametrize(
    "text",
    [
        "i need a plumber",
        "can you come tomorrow morning",
        "come at 5 please",
        "do you do cleaning",
        "is it open at 5:30",
        "can you do that for me",
        "the door is great",
    ],
)
def test_what_may_well_be_all_is_finished(text: str) -> None:
    assert ending_of(text.split()) is Ending.FINISHED
