"""No call goes on for ever, whatever happens on it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, get_args

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.events import (
    AnswerBegun,
    AnswerFailed,
    AnswerLate,
    AnswerReady,
    Continued,
    DialEnded,
    Digits,
    Event,
    Failed,
    Heard,
    MessageRecorded,
    NumberRecalled,
    Remembered,
    Reminded,
    RequestRecalled,
    Ringing,
    Silence,
    WhispersRecalled,
)
from clientsvia.calls.flow import decide
from clientsvia.calls.limits import over_limits
from clientsvia.calls.ports import Answer
from clientsvia.calls.reply import Decision, Listen, Record
from clientsvia.calls.state import Mode, Pending
from tests.calls.calling import a_call, decided
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

PENDING = Pending("ab", 1, int(OPEN.timestamp() * 1000))
EVENTS: tuple[Event, ...] = (
    *(Digits(key) for key in "0125*#"),
    *(Heard(text, 0.9) for text in ("drains?", "yes", "no", "hello", "repeat that", "thanks", "?")),
    Heard("drns", 0.1),
    Silence(),
    AnswerReady(Answer(("Yes.",), "knowledge:x")),
    AnswerReady(Answer((), "unknown")),
    AnswerFailed("timeout"),
    AnswerBegun(Answer(("Yes.",), "model:x"), PENDING),
    AnswerLate("drains?", PENDING),
    Continued(),
    Remembered(("Yes.",)),
    Remembered(()),
    RequestRecalled("come at three"),
    Reminded("Thursday", "are you open on Tuesday"),
    DialEnded("busy"),
    DialEnded("completed"),
    WhispersRecalled(DialEnded("busy"), {}),
    WhispersRecalled(DialEnded("completed", bridged=False), {"office": "2"}),
    MessageRecorded(""),
    NumberRecalled("no, 239 not 293", ("I have 2 9 3, 5 5 5, 0 1 4 2.",)),
    MessageRecorded("https://api.twilio.com/RE1", 3),
    Failed("KeyError"),
)


def test_every_event_but_ringing_is_tried_at_the_limit() -> None:
    assert {type(event) for event in EVENTS} == set(get_args(Event)) - {Ringing}


@pytest.mark.parametrize("event", EVENTS, ids=repr)
@pytest.mark.parametrize("mode", Mode)
def test_after_the_turns_or_the_time_of_a_call_nobody_is_heard_again(
    demo: Company, event: Event, mode: Mode
) -> None:
    later = OPEN + timedelta(seconds=demo.limits.call_seconds)
    used = decided(event, demo, a_call(turn=demo.limits.turns, mode=mode))
    late = decided(event, demo, a_call(turn=3, mode=mode), later)
    for decision in (used, late):
        assert not isinstance(decision.reply.next, Listen)
        if decision.source == "limit" and decision.outcome != "message":
            assert isinstance(decision.reply.next, Record)
            assert decision.reply.say[0] == sentences.TOO_LONG


@pytest.mark.parametrize("event", [*EVENTS, Digits("5")], ids=repr)
def test_no_event_that_comes_again_and_again_goes_on_for_ever(demo: Company, event: Event) -> None:
    call = a_call(turn=1)
    for _ in range(demo.limits.turns + 1):
        outcome = decide(event, demo, call, OPEN)
        if not isinstance(outcome, Decision):
            outcome = decided(Remembered(("Once more.",)), demo, call)
        if not isinstance(outcome.reply.next, Listen):
            return
        call = replace(call, state=outcome.reply.state)
    pytest.fail("the caller is still heard")


def test_the_limits_are_the_companys_own(demo: Company) -> None:
    short = replace(demo, limits=replace(demo.limits, turns=3, call_seconds=30))
    assert not over_limits(short, a_call(turn=2).state, OPEN + timedelta(seconds=29))
    assert over_limits(short, a_call(turn=3).state, OPEN)
    assert over_limits(short, a_call(turn=2).state, OPEN + timedelta(seconds=30))
