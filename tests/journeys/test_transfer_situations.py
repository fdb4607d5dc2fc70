"""Whom calls ring, what those who are rung do, and what callers get who reach nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.situations import (
    BOB,
    FIRM,
    LUNCH,
    MARIA,
    OFFICE,
    ON_CALL,
    Situation,
)

if TYPE_CHECKING:
    from tests.journeys.town import Town

pytestmark = pytest.mark.journey

HIGH_RISK = "+881612345678"
WANTS_SOMEBODY = {"say": "Can I talk to somebody?"}
WANTS_CREW = {"say": "Put me through to the crew please."}
DECLINES = {"say": "No, thank you.", "when": "leave a message"}
GOODBYE = {"say": "Goodbye."}


def answering(number: str, **does: Any) -> dict[str, Any]:
    return {"to": number, **does}


def asking(step: dict[str, Any], *dialled: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"steps": [step, *more.pop("then", ())], "dialled": list(dialled), **more}


def office(**fields: Any) -> dict[str, Any]:
    first, *others = FIRM["targets"]
    return {"targets": [first | fields, *others]}


def crew(**fields: Any) -> dict[str, Any]:
    department = {"id": "crew", "name": "the crew", "members": ["maria", "bob"]}
    return {"targets": [*FIRM["targets"], department | fields]}


STAFF = {"routing": {"first": "staff", "staff": "office", "staff_seconds": 10}}
URGENT = {"urgent": {"phrases": ["burst pipe"], "target": "on-call"}}
ROTA = {"starts": "2026-11-16T08:00", "days": 1, "order": ["maria", "bob"]}
MISSED = ("I'm sorry, I couldn't reach the office.", "leave a message", "Goodbye")
BURST = {"say": "We have a burst pipe in the kitchen!"}
GAS = {"say": "I can smell gas in the house."}

SITUATIONS = (
    Situation(
        "whoever is rung declines",
        caller=asking(WANTS_SOMEBODY, answering(OFFICE, presses="2"), then=[DECLINES, GOODBYE]),
        heard=MISSED,
        rang=[OFFICE],
        outcome="missed",
    ),
    Situation(
        "whoever is rung is busy",
        caller=asking(WANTS_SOMEBODY, answering(OFFICE, does="busy"), then=[DECLINES, GOODBYE]),
        heard=MISSED,
        rang=[OFFICE],
        outcome="missed",
    ),
    Situation(
        "nobody answers",
        caller=asking(
            WANTS_SOMEBODY, answering(OFFICE, does="no-answer"), then=[DECLINES, GOODBYE]
        ),
        heard=MISSED,
        rang=[OFFICE],
        outcome="missed",
    ),
    Situation(
        "a voicemail answers and presses nothing",
        caller=asking(WANTS_SOMEBODY, answering(OFFICE, presses=""), then=[DECLINES, GOODBYE]),
        heard=MISSED,
        rang=[OFFICE],
        outcome="missed",
    ),
    Situation(
        "Twilio cannot place the call",
        caller=asking(WANTS_SOMEBODY, answering(OFFICE, does="failed"), then=[DECLINES, GOODBYE]),
        heard=MISSED,
        rang=[OFFICE],
        outcome="missed",
    ),
    Situation(
        "a department is rung one after the other",
        profile=crew(),
        caller=asking(WANTS_CREW, answering(MARIA, does="no-answer")),
        heard=["connecting you with the crew"],
        unheard=["couldn't reach"],
        rang=[MARIA, BOB],
        outcome="transferred",
    ),
    Situation(
        "a department is rung all at once",
        profile=crew(ring="together"),
        caller=asking(WANTS_CREW, answering(MARIA, after=9), answering(BOB, after=3)),
        rang=[MARIA, BOB],
        outcome="transferred",
    ),
    Situation(
        "the member on duty is rung first",
        profile=crew(rota=ROTA | {"starts": "2026-11-15T08:00"}),
        caller=asking(WANTS_CREW),
        rang=[BOB],
        outcome="transferred",
    ),
    Situation(
        "nobody of a department answers, and its fallback is rung",
        profile=crew(fallback="on-call"),
        caller=asking(WANTS_CREW, answering(MARIA, does="busy"), answering(BOB, does="no-answer")),
        rang=[MARIA, BOB, ON_CALL],
        outcome="transferred",
    ),
    Situation(
        "who is not at work now is left out",
        profile={
            "targets": [
                FIRM["targets"][0] | {"hours": {"weekly": {"wednesday": ["13:00-17:00"]}}},
                *FIRM["targets"][1:],
            ]
        },
        caller=asking(WANTS_SOMEBODY),
        rang=[MARIA],
        outcome="transferred",
    ),
    Situation(
        "staff is not rung while the company is closed",
        at=LUNCH,
        profile=STAFF,
        heard=["closed right now"],
        caller={"steps": [{"say": "This is Ada, please call me.", "when": "tone"}]},
        outcome="message",
    ),
    Situation(
        "gas in Britain: the number there",
        profile=URGENT | {"region": "GB"},
        caller=asking(GAS),
        heard=["call 9 9 9", "the plumber on call"],
        rang=[ON_CALL],
        outcome="transferred",
        told=["URGENT call from"],
    ),
    Situation(
        "gas, and the company has nobody for it",
        caller=asking(GAS) | {"at_end": "hang_up"},
        heard=["call 911"],
    ),
    Situation(
        "a call that a target forwarded here does not ring that target",
        caller=asking(WANTS_SOMEBODY) | {"parameters": {"ForwardedFrom": OFFICE}},
        rang=[MARIA],
        outcome="transferred",
    ),
    Situation(
        "a caller is not put through to their own telephone",
        caller=asking(WANTS_SOMEBODY) | {"from": OFFICE},
        rang=[MARIA],
        outcome="transferred",
    ),
    Situation(
        "a high-risk number that was stored once is not dialled",
        profile=office(number=HIGH_RISK),
        caller=asking(WANTS_SOMEBODY),
        rang=[MARIA],
        outcome="transferred",
    ),
)


@pytest.mark.parametrize("situation", SITUATIONS, ids=str)
async def test_a_call_rings_whom_it_should(town: Town, situation: Situation) -> None:
    await town.judge(situation)
