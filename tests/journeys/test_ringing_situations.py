"""How each ring of a call ends, what is logged of it, and what the owner is to be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.situations import BOB, FIRM, MARIA, NIGHT, OFFICE, ON_CALL, Situation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.journeys.town import Town

pytestmark = pytest.mark.journey

MISSED = "couldn't reach"
OFFER = "Would you like to leave a message?"
PERSON = {"say": "Put me through to the crew please."}
BURST = {"say": "My pipe has burst, please send somebody."}
TONE = {"say": "This is Ada, please call me.", "when": "tone"}
ACCEPTED = "Press 1 to accept."


def crew(**fields: Any) -> dict[str, Any]:
    """The firm with a department of two, and an office behind it."""
    people = [{**one, "availability": "always"} for one in FIRM["targets"]]
    own = {"id": "crew", "name": "the crew", "members": ["maria", "bob"], "availability": "always"}
    department = own | {"fallback": "office", "keywords": ["crew"]} | fields
    return {"targets": [department, *people], "callers": {"known": []}}


def urgent(target: str | None = "crew", **fields: Any) -> dict[str, Any]:
    return crew(**fields) | {"urgent": {"phrases": ["burst pipe", "gas smell"], "target": target}}


def staff(seconds: int = 12) -> dict[str, Any]:
    return crew() | {"routing": {"first": "staff", "staff": "crew", "staff_seconds": seconds}}


def steps(*said: Mapping[str, Any], **script: Any) -> dict[str, Any]:
    return {"steps": list(said), **script}


def at(number: str, does: str, **more: Any) -> dict[str, Any]:
    return {"to": number, "does": does, **more}


@dataclass(frozen=True)
class Ringing:
    """A situation, with what the owner is to be told, and phrases of why its turns went so."""

    situation: Situation
    effects: Sequence[Mapping[str, str]] = ()
    why: Sequence[str] = field(default=())

    def __str__(self) -> str:
        return self.situation.name


def missed(outcome: str, target: str = "crew") -> dict[str, str]:
    return {"type": "TransferMissed", "target": target, "outcome": outcome}


CASES = (
    Ringing(
        Situation(
            "accepted: the first of the crew presses 1",
            profile=crew(),
            caller=steps({"say": "How much does a visit cost?"}, PERSON),
            heard=["ninety", "connecting you with the crew"],
            unheard=[MISSED, ACCEPTED],
            rang=[MARIA],
            outcome="transferred",
            whispered=["from 2 3 9, 5 5 5, 0 1 2 3, about: How much does a visit cost. Press 1"],
        ),
        why=["maria answered", "maria pressed 1", "ended: accepted"],
    ),
    Ringing(
        Situation(
            "declined, busy, then the fallback takes it",
            profile=crew(),
            caller=steps(
                PERSON,
                dialled=[at(MARIA, "answers", presses="2"), at(BOB, "busy")],
            ),
            unheard=[MISSED],
            rang=[MARIA, BOB, OFFICE],
            outcome="transferred",
        ),
        why=["maria pressed 2", "ended: declined", "ended: busy", "ended: accepted"],
    ),
    Ringing(
        Situation(
            "voicemail, no answer, failed: the caller is offered a message and leaves none",
            profile=crew(),
            caller=steps(
                PERSON,
                {"say": "No thank you.", "expect": "anything else"},
                {"hang_up": True},
                dialled=[
                    at(MARIA, "voicemail"),
                    at(BOB, "no-answer"),
                    at(OFFICE, "failed", sip=404),
                ],
            ),
            heard=["I'm sorry, I couldn't reach the crew.", OFFER],
            rang=[MARIA, BOB, OFFICE],
            outcome="missed",
            whispered=[ACCEPTED, ACCEPTED],
        ),
        effects=[missed("failed")],
        why=["ended: voicemail", "ended: no-answer", "ended: failed (SIP 404)"],
    ),
    Ringing(
        Situation(
            "together: the voicemail that is first does not keep the others from being rung",
            profile=crew(ring="together"),
            caller=steps(
                PERSON, dialled=[at(MARIA, "voicemail", after=2), at(BOB, "answers", after=5)]
            ),
            rang=[MARIA, BOB, BOB],
            outcome="transferred",
        ),
        why=["ended: voicemail", "ended: accepted"],
    ),
    Ringing(
        Situation(
            "abandoned: the caller hangs up while it rings",
            profile=crew(),
            caller=steps(PERSON, {"hang_up": "ringing"}),
            rang=[MARIA],
            outcome="missed",
        ),
        effects=[missed("abandoned")],
    ),
    Ringing(
        Situation(
            "nobody has to press where that is not wanted",
            profile=crew() | {"targets": [{**FIRM["targets"][0], "accept": False}]},
            caller=steps({"say": "Put me through to the office."}),
            rang=[OFFICE],
            outcome="transferred",
        ),
        why=["ended: accepted"],
    ),
    Ringing(
        Situation(
            "staff first: somebody takes the call before the agent says a word",
            profile=staff(),
            rang=[MARIA],
            unheard=["Thank you for calling"],
            outcome="transferred",
            whispered=["A call for Firm 6 from 2 3 9, 5 5 5, 0 1 2 3. Press 1 to accept."],
        ),
    ),
    Ringing(
        Situation(
            "staff first: then the agent answers",
            profile=staff(),
            caller=steps(
                {"say": "How much does a visit cost?"},
                dialled=[at("*", "no-answer")],
                at_end="hang_up",
            ),
            heard=["How can I help you?", "ninety"],
            rang=[MARIA],
        ),
    ),
    Ringing(
        Situation(
            "staff first: a call that they have passed on to us is answered at once",
            profile=staff(),
            caller=steps(
                {"say": "How much does a visit cost?"},
                parameters={"ForwardedFrom": MARIA},
                at_end="hang_up",
            ),
            heard=["How can I help you?"],
        ),
    ),
    Ringing(
        Situation(
            "urgent by day",
            profile=urgent(),
            caller=steps(BURST),
            heard=["connecting you with the crew"],
            rang=[MARIA],
            outcome="transferred",
            told=["URGENT call from"],
            whispered=["An urgent call for Firm 9 from", "about: My pipe has burst"],
        ),
        effects=[{"type": "UrgentCall", "words": BURST["say"], "target": "crew"}],
    ),
    Ringing(
        Situation(
            "urgent at night",
            at=NIGHT,
            profile=urgent(availability="open"),
            caller=steps(BURST),
            heard=["closed right now", "If this is urgent", "connecting you with the crew"],
            rang=[MARIA],
            outcome="transferred",
            told=["URGENT call from"],
        ),
        effects=[{"type": "UrgentCall", "words": BURST["say"], "target": "crew"}],
    ),
    Ringing(
        Situation(
            "nothing urgent at night: a message",
            at=NIGHT,
            profile=urgent(),
            caller=steps({"wait": 6}, TONE),
            heard=["If this is urgent"],
            outcome="message",
        ),
    ),
    Ringing(
        Situation(
            "gas: first the emergency services, then whoever is there",
            at=NIGHT,
            profile=urgent(),
            caller=steps({"say": "I smell gas in my kitchen!"}),
            heard=["hang up now and call 911", "connecting you with the crew"],
            rang=[MARIA],
            outcome="transferred",
            told=["URGENT call from"],
        ),
        effects=[{"type": "UrgentCall", "words": "I smell gas in my kitchen!", "target": "crew"}],
    ),
    Ringing(
        Situation(
            "no burst pipe: an ordinary turn",
            profile=urgent(),
            caller=steps(
                {"say": "It's not a burst pipe, how much does a visit cost?"}, at_end="hang_up"
            ),
            heard=["ninety"],
            outcome="answered",
        ),
    ),
    Ringing(
        Situation(
            "a call forwarded by the one whom it would ring becomes a message",
            at=NIGHT,
            profile=crew() | {"after_hours": {"policy": "forward", "target": "on-call"}},
            caller=steps(TONE, parameters={"ForwardedFrom": ON_CALL}),
            heard=["closed right now"],
            outcome="message",
            explain=["forwarded to on-call"],
        ),
    ),
)


SITUATIONS = [case.situation for case in CASES]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_a_ring_ends_well_or_in_a_message_and_the_log_tells_why(
    town: Town, case: Ringing
) -> None:
    call = await town.judge(case.situation)
    effects = [effect for turn in call.turns for effect in turn.answered["effects"]]
    told = [effect for effect in effects if effect["type"] in ("TransferMissed", "UrgentCall")]
    assert told == list(case.effects)
    why = " | ".join(str(turn.answered["why"]) for turn in call.turns)
    for phrase in case.why:
        assert phrase in why
