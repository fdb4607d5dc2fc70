"""Where calls go by the hours, heard by the caller and told by ``explain``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.situations import (
    CHRISTMAS_EVE,
    CLOCKS_BACK,
    CLOCKS_FORWARD,
    FIRM,
    LUNCH,
    NIGHT,
    OFFICE,
    ON_CALL,
    SUNDAY,
    THANKSGIVING,
    Situation,
)

if TYPE_CHECKING:
    from tests.journeys.town import Town

pytestmark = pytest.mark.journey

MESSAGE = {"say": "This is Ada, please call me.", "when": "tone"}
NIGHT_SHIFT = {"hours": {"weekly": {"saturday": ["20:00-04:00"]}}}
FORWARDED = {"after_hours": {"policy": "forward", "target": "on-call"}}


def overridden(state: str, until: str) -> dict[str, object]:
    return {"hours": FIRM["hours"] | {"override": {"state": state, "until": until}}}


SITUATIONS = (
    Situation(
        "open: the agent answers",
        caller={"steps": [{"say": "How much does a visit cost?"}], "at_end": "hang_up"},
        heard=["How can I help you?", "ninety"],
        explain=["open: Wednesday 08:00-12:00, 13:00-17:00 (weekly)"],
    ),
    Situation(
        "lunch: closed between two shifts",
        at=LUNCH,
        caller={"steps": [MESSAGE]},
        heard=["closed right now", "open again at 1 PM today"],
        outcome="message",
        explain=["closed: Wednesday", "a message is taken"],
    ),
    Situation(
        "night: a message is taken",
        at=NIGHT,
        caller={"steps": [MESSAGE]},
        heard=["closed right now", "8 AM tomorrow"],
        outcome="message",
        explain=["closed: Wednesday"],
    ),
    Situation(
        "night: forwarded to whoever is on call",
        at=NIGHT,
        profile=FORWARDED,
        heard=["closed right now", "the plumber on call"],
        rang=[ON_CALL],
        outcome="transferred",
        explain=["forwarded to on-call"],
    ),
    Situation(
        "night: the agent answers, but nobody is rung who works by day",
        at=NIGHT,
        profile={"after_hours": {"policy": "answer"}, "targets": FIRM["targets"][:3]},
        caller={"steps": [{"say": "Can I talk to somebody?"}, MESSAGE]},
        heard=["How can I help you?"],
        outcome="message",
        explain=["after hours the agent answers"],
    ),
    Situation(
        "Sunday: closed all day",
        at=SUNDAY,
        caller={"steps": [MESSAGE]},
        heard=["closed right now", "8 AM tomorrow"],
        outcome="message",
        explain=["closed: always on Sundays (weekly)"],
    ),
    Situation(
        "a holiday: closed, though a weekday",
        at=THANKSGIVING,
        caller={"steps": [MESSAGE]},
        heard=["closed right now"],
        outcome="message",
        explain=["Thanksgiving"],
    ),
    Situation(
        "a holiday on which the firm works",
        at=THANKSGIVING,
        profile={
            "hours": FIRM["hours"] | {"holidays": {"country": "US", "open": ["Thanksgiving Day"]}}
        },
        caller={"steps": [{"say": "How much does a visit cost?"}], "at_end": "hang_up"},
        heard=["How can I help you?"],
        explain=["open: Thursday"],
    ),
    Situation(
        "an exception closes earlier",
        at=CHRISTMAS_EVE,
        profile={
            "hours": FIRM["hours"]
            | {"exceptions": [{"date": "2026-12-24", "hours": ["08:00-09:30"], "label": "Eve"}]}
        },
        caller={"steps": [MESSAGE]},
        heard=["closed right now"],
        outcome="message",
        explain=["closed: Eve (exception)"],
    ),
    Situation(
        "an override closes in the middle of the day",
        profile=overridden("closed", "2026-11-18T14:00:00-05:00"),
        caller={"steps": [MESSAGE]},
        heard=["closed right now", "2 PM today"],
        outcome="message",
        explain=["(override)"],
    ),
    Situation(
        "an override that has ended decides nothing",
        profile=overridden("closed", "2026-11-18T09:00:00-05:00"),
        caller={"steps": [{"say": "How much does a visit cost?"}], "at_end": "hang_up"},
        heard=["How can I help you?"],
        explain=["open: Wednesday"],
    ),
    Situation(
        "an override opens at night",
        at=NIGHT,
        profile=overridden("open", "2026-11-18T23:00:00-05:00"),
        caller={"steps": [{"say": "Can I talk to somebody?"}]},
        heard=["How can I help you?", "the office"],
        rang=[OFFICE],
        outcome="transferred",
        explain=["(override)"],
    ),
    Situation(
        "the hour that comes twice: still open on Saturday's night shift",
        at=CLOCKS_BACK,
        profile=NIGHT_SHIFT,
        caller={"steps": [{"say": "When do you close?"}], "at_end": "hang_up"},
        heard=["How can I help you?", "4 AM"],
        explain=["open: Saturday 20:00-04:00 (weekly)"],
    ),
    Situation(
        "the hour that is left out: open on Saturday's night shift",
        at=CLOCKS_FORWARD,
        profile=NIGHT_SHIFT,
        caller={"steps": [{"say": "When do you close?"}], "at_end": "hang_up"},
        heard=["How can I help you?", "4 AM"],
        explain=["open: Saturday 20:00-04:00 (weekly)"],
    ),
)


@pytest.mark.parametrize("situation", SITUATIONS, ids=str)
async def test_the_hours_decide_where_a_call_goes(town: Town, situation: Situation) -> None:
    await town.judge(situation)
