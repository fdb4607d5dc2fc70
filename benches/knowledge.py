"""Knowledge entries to search: one answers what is asked, the others share words with it."""

from __future__ import annotations

ASKED = "How much does an emergency repair of my water heater cost on a Sunday?"
QUESTION, ANSWER = (
    "What does an emergency repair cost?",
    "Water heaters are 120 dollars, on Sundays 180.",
)
SUBJECTS = ("boiler", "drain", "faucet", "gutter", "water heater", "pipe", "sink", "toilet")
QUESTIONS = ("What does a repair of the {} cost?", "Can you replace my {} on short notice?")
ANSWERS = ("We look at it first, estimate {} is free.", "A visit in area {} takes an hour.")


def pairs(count: int) -> list[tuple[str, str]]:
    """``count`` questions and answers, of which the last answers ``ASKED``."""
    others = (
        (QUESTIONS[at % 2].format(SUBJECTS[at % 8]), ANSWERS[at % 2].format(at))
        for at in range(count - 1)
    )
    return [*others, (QUESTION, ANSWER)]


def entries(count: int) -> list[str]:
    """The same as one text each."""
    return [f"{question} {answer}" for question, answer in pairs(count)]
