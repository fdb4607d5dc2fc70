"""What callers leave, how it is kept, and who hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.journeys.situations import CALLER, NIGHT, OFFICE, ON_CALL, Situation

if TYPE_CHECKING:
    from tests.journeys.town import Town

pytestmark = pytest.mark.journey

LEAVES = {"say": "I'd like to leave a message."}
REASON = {"say": "My sink is leaking again."}
NAME = {"say": "Ada Miller."}
YES, NO = {"say": "Yes."}, {"say": "No thanks."}
WHOLE = [LEAVES, REASON, NAME, YES, NO]
RECORDED = {"say": "This is Ada, my boiler leaks, please call me.", "when": "tone"}
URGENT = {"urgent": {"phrases": ["burst pipe"], "target": "on-call"}}
BURST = {"say": "We have a burst pipe in the kitchen!"}


def saying(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"steps": list(steps), **more}


SITUATIONS = (
    Situation(
        "left in conversation, with the number that was called from",
        caller=saying(*WHOLE),
        heard=["pass on?", "May I have your name", "ending in", "I'll pass it on", "Goodbye"],
        outcome="message",
        left={
            "reason": "My sink is leaking again.",
            "name": "Ada Miller",
            "number": CALLER,
            "urgent": False,
            "complete": True,
            "state": "new",
        },
        told=["Message from Ada Miller"],
    ),
    Situation(
        "left with another number, said and read back",
        caller=saying(
            LEAVES, REASON, NAME, {"say": "No, another one."}, {"say": "239 555 0142"}, YES, NO
        ),
        heard=["ending in", "best number", "2 3 9, 5 5 5, 0 1 4 2", "I'll pass it on"],
        outcome="message",
        left={"number": "+12395550142", "complete": True},
        told=["(239) 555-0142"],
    ),
    Situation(
        "left with another number, keyed in",
        caller=saying(
            LEAVES, REASON, NAME, {"say": "No, another one."}, {"press": "2395550142"}, YES, NO
        ),
        heard=["best number", "2 3 9, 5 5 5, 0 1 4 2", "I'll pass it on"],
        outcome="message",
        left={"number": "+12395550142", "complete": True},
    ),
    Situation(
        "a number that was misheard is put right",
        caller=saying(
            LEAVES,
            REASON,
            NAME,
            {"say": "No, another one."},
            {"say": "293 555 0142"},
            {"say": "No, 239 not 293."},
            YES,
            NO,
        ),
        heard=["2 9 3, 5 5 5, 0 1 4 2", "2 3 9, 5 5 5, 0 1 4 2", "I'll pass it on"],
        outcome="message",
        left={"number": "+12395550142", "complete": True},
    ),
    Situation(
        "who hangs up half-way leaves what was said",
        caller=saying(LEAVES, REASON, NAME, at_end="hang_up"),
        heard=["pass on?", "ending in"],
        outcome="message_asked",
        left={"reason": "My sink is leaking again.", "name": "Ada Miller", "complete": False},
        told=["did not finish the message"],
    ),
    Situation(
        "who changes their mind leaves nothing that is told",
        caller=saying(LEAVES, {"say": "Never mind."}, {"say": "Goodbye."}),
        heard=["pass on?", "Goodbye"],
        outcome="message_asked",
        told=[],
    ),
    Situation(
        "a question nobody can answer becomes the message",
        caller=saying(
            {"say": "Do you sell garden furniture?"}, {"say": "A message please."}, NAME, YES, NO
        ),
        heard=["I don't know that", "garden furniture", "I'll pass it on"],
        outcome="message",
        left={"reason": "Do you sell garden furniture?", "complete": True},
        told=["garden furniture"],
    ),
    Situation(
        "recorded while closed, and told with its words",
        at=NIGHT,
        caller=saying(RECORDED),
        heard=["closed right now"],
        outcome="message",
        left={"transcript": "This is Ada, my boiler leaks, please call me.", "complete": True},
        told=["my boiler leaks"],
    ),
    Situation(
        "a recording that is too long to be transcribed is kept as sound",
        at=NIGHT,
        profile={"limits": {"calls_per_caller": 100, "recording_seconds": 600}},
        caller=saying(RECORDED),
        outcome="message",
        left={"transcript": "", "complete": True},
        told=["seconds"],
    ),
    Situation(
        "urgent, and whoever is on call does not answer",
        at=NIGHT,
        profile=URGENT,
        caller=saying(
            BURST | {"when": "urgent"},
            NAME,
            YES,
            NO,
            dialled=[{"to": ON_CALL, "does": "no-answer"}],
        ),
        heard=["the plumber on call", "couldn't reach", "as urgent"],
        rang=[ON_CALL],
        outcome="message",
        left={"urgent": True, "complete": True},
        told=["URGENT call from", "URGENT: Message from"],
    ),
    Situation(
        "in quiet hours a message waits",
        at=NIGHT,
        notify={"quiet": "21:00-07:00"},
        caller=saying(RECORDED),
        outcome="message",
        told=[],
    ),
    Situation(
        "in quiet hours what is urgent does not wait",
        at=NIGHT,
        notify={"quiet": "21:00-07:00"},
        profile=URGENT,
        caller=saying(BURST | {"when": "urgent"}),
        heard=["the plumber on call"],
        rang=[ON_CALL],
        outcome="transferred",
        told=["URGENT call from"],
    ),
    Situation(
        "a transfer nobody took is told",
        caller=saying(
            {"say": "Can I talk to somebody?"},
            {"say": "No, thank you."},
            {"say": "Goodbye."},
            dialled=[{"to": OFFICE, "does": "busy"}],
        ),
        heard=["couldn't reach the office"],
        rang=[OFFICE],
        outcome="missed",
        told=["the line was busy"],
    ),
    Situation(
        "a transfer nobody took, of which the owner does not want to hear",
        notify={"missed": False},
        caller=saying(
            {"say": "Can I talk to somebody?"},
            {"say": "No, thank you."},
            {"say": "Goodbye."},
            dialled=[{"to": OFFICE, "does": "busy"}],
        ),
        rang=[OFFICE],
        outcome="missed",
        told=[],
    ),
    Situation(
        "after a transfer nobody took, the message tells of both",
        caller=saying(
            {"say": "Can I talk to somebody?"},
            {"say": "Yes, please."},
            REASON,
            NAME,
            YES,
            NO,
            dialled=[{"to": OFFICE, "does": "no-answer"}],
        ),
        heard=["couldn't reach the office", "pass on?", "I'll pass it on"],
        rang=[OFFICE],
        outcome="message",
        left={"reason": "My sink is leaking again.", "complete": True},
        told=["Asked for:  the office, but nobody answered"],
    ),
    Situation(
        "a known caller is not asked for a name",
        profile={"callers": {"known": [{"number": CALLER, "name": "Jo Berg"}]}},
        caller=saying(LEAVES, REASON, YES, NO),
        heard=["pass on?", "ending in", "I'll pass it on"],
        unheard=["May I have your name"],
        outcome="message",
        left={"name": "Jo Berg", "complete": True},
        told=["Message from Jo Berg"],
    ),
    Situation(
        "nobody is to be told, and the message is kept",
        notify={"email": []},
        caller=saying(*WHOLE),
        outcome="message",
        left={"name": "Ada Miller", "complete": True},
        told=[],
    ),
)


@pytest.mark.parametrize("situation", SITUATIONS, ids=str)
async def test_what_callers_leave_reaches_somebody(town: Town, situation: Situation) -> None:
    await town.judge(situation)
