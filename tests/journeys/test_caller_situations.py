"""What callers get for who they are, and what an account's state makes of every call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.situations import CALLER, MARIA, NIGHT, OFFICE, Situation

if TYPE_CHECKING:
    from typing import Any

    from tests.journeys.town import Town

pytestmark = pytest.mark.journey

ASKS = {"steps": [{"say": "How much does a visit cost?"}], "at_end": "hang_up"}
LEAVES = {"steps": [{"say": "This is Ada, please call me.", "when": "tone"}]}
HIDDEN = {"from": "anonymous"}
FEIGNED = {"parameters": {"StirVerstat": "TN-Validation-Failed-C"}}
DISCLOSURE = "Calls are recorded for training."
JO = {"number": CALLER, "name": "Jo Berg"}


def callers(**fields: Any) -> dict[str, Any]:
    return {"callers": fields}


def account(state: str, **fields: Any) -> dict[str, Any]:
    return {"account": {"state": state, **fields}}


SITUATIONS = (
    Situation(
        "a blocked caller hears one sentence",
        profile=callers(known=[JO | {"blocked": True}]),
        heard=["can't take your call"],
        unheard=["How can I help you?"],
        outcome="blocked",
    ),
    Situation(
        "a hidden number is answered where nothing else is set",
        caller=ASKS | HIDDEN,
        heard=["How can I help you?", "ninety"],
    ),
    Situation(
        "a hidden number may leave a message",
        profile=callers(anonymous="message"),
        caller=LEAVES | HIDDEN,
        heard=["Your number is hidden"],
        unheard=["How can I help you?"],
        outcome="message",
    ),
    Situation(
        "a hidden number is asked to call again",
        profile=callers(anonymous="refuse"),
        caller=HIDDEN,
        heard=["show your number"],
        outcome="refused",
    ),
    Situation(
        "a number that is not the caller's may leave a message",
        profile=callers(unverified="message"),
        caller=LEAVES | FEIGNED,
        heard=["could not be verified"],
        outcome="message",
    ),
    Situation(
        "a number that is not the caller's is refused",
        profile=callers(unverified="refuse"),
        caller=FEIGNED,
        heard=["could not be verified"],
        outcome="refused",
    ),
    Situation(
        "a number that was verified is answered",
        profile=callers(unverified="refuse"),
        caller=ASKS | {"parameters": {"StirVerstat": "TN-Validation-Passed-A"}},
        heard=["How can I help you?", "ninety"],
    ),
    Situation(
        "a known caller is greeted by name",
        profile=callers(known=[JO], greet_by_name=True),
        caller=ASKS,
        heard=["Hello Jo.", "How can I help you?", "ninety"],
    ),
    Situation(
        "nobody is greeted by a name that may be another's",
        profile=callers(known=[JO], greet_by_name=True),
        caller=ASKS | FEIGNED,
        heard=["How can I help you?", "ninety"],
        unheard=["Jo"],
    ),
    Situation(
        "the disclosure comes before the agent's question",
        profile={"disclosure": DISCLOSURE},
        caller=ASKS,
        heard=["Thank you for calling", DISCLOSURE, "How can I help you?", "ninety"],
    ),
    Situation(
        "the disclosure comes before a recording",
        at=NIGHT,
        profile={"disclosure": DISCLOSURE},
        caller=LEAVES,
        heard=["closed right now", DISCLOSURE],
        outcome="message",
    ),
    Situation(
        "a suspended company says its own sentence",
        profile=account("suspended", sentence="We have moved to Tampa."),
        heard=["We have moved to Tampa."],
        outcome="inactive",
        explain=["the company is suspended"],
    ),
    Situation(
        "a suspended company without a sentence says ours",
        profile=account("suspended"),
        heard=["not taking calls"],
        outcome="inactive",
        explain=["the company is suspended"],
    ),
    Situation(
        "every call is forwarded by day",
        profile=account("forwarding", target="office"),
        heard=["Thank you for calling"],
        rang=[OFFICE],
        outcome="transferred",
        explain=["every call is forwarded to office"],
    ),
    Situation(
        "every call is forwarded at night too",
        at=NIGHT,
        profile=account("forwarding", target="office"),
        rang=[OFFICE],
        unheard=["closed"],
        outcome="transferred",
        explain=["every call is forwarded to office"],
    ),
    Situation(
        "strangers hear that a company is still being set up",
        profile=account("setup"),
        heard=["still being set up"],
        outcome="inactive",
        explain=["the company is being set up"],
    ),
    Situation(
        "the company's own people try it before it is live",
        profile=account("setup"),
        caller=ASKS | {"from": MARIA},
        heard=["How can I help you?", "ninety"],
        explain=["the company is being set up"],
    ),
)


@pytest.mark.parametrize("situation", SITUATIONS, ids=str)
async def test_who_calls_decides_and_so_does_the_account(town: Town, situation: Situation) -> None:
    await town.judge(situation)
