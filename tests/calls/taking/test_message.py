from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.effects import MessageLeft
from clientsvia.calls.events import MessageRecorded
from clientsvia.calls.reply import HangUp, Record
from clientsvia.calls.state import Mode
from clientsvia.calls.taking import message
from tests.calls.calling import CALLER, a_call, decided

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


def test_a_recording_is_announced_as_one(demo: Company) -> None:
    decision = message.take(demo, a_call(turn=1), ("Hello.",), source="x", why="y")
    assert decision.reply.next == Record(demo.limits.recording_seconds, transcribe=True)
    assert decision.reply.say == ("Hello.", sentences.LEAVE_MESSAGE)
    assert "This will be recorded." in sentences.LEAVE_MESSAGE
    assert decision.reply.state.mode is Mode.RECORDING


def test_a_recorded_message_is_thanked_for(demo: Company) -> None:
    event = MessageRecorded("https://api.twilio.com/RE1", 12)
    decision = decided(event, demo, a_call(turn=2, mode=Mode.RECORDING))
    assert decision.reply.say == (sentences.MESSAGE_TAKEN,)
    assert decision.reply.next == HangUp()
    assert decision.outcome == "message"
    left = MessageLeft(number=CALLER, recording=event.url, seconds=12, complete=True)
    assert decision.effects == (left,)


def test_a_caller_who_hung_up_after_the_message_hears_nothing_more(demo: Company) -> None:
    event = MessageRecorded("https://api.twilio.com/RE1", 12, hung_up=True)
    decision = decided(event, demo, a_call(turn=2, mode=Mode.RECORDING))
    assert decision.reply.say == ()
    assert decision.outcome == "message"
    assert len(decision.effects) == 1


@pytest.mark.parametrize(("seconds", "effects"), [(0, 0), (1, 0), (2, 1)])
def test_who_hangs_up_at_the_tone_has_left_no_message(
    demo: Company, seconds: int, effects: int
) -> None:
    event = MessageRecorded("https://api.twilio.com/RE1", seconds, hung_up=True)
    decision = decided(event, demo, a_call(turn=2, mode=Mode.RECORDING))
    assert len(decision.effects) == effects
    assert decision.outcome == ("message" if effects else "no_message")


def test_a_recording_on_an_urgent_call_is_urgent(demo: Company) -> None:
    call = a_call(turn=2, mode=Mode.RECORDING, urgent=True)
    (left,) = decided(MessageRecorded("https://api.twilio.com/RE1", 12), demo, call).effects
    assert isinstance(left, MessageLeft)
    assert left.urgent


def test_no_message_is_said_to_be_none(demo: Company) -> None:
    decision = decided(MessageRecorded(""), demo, a_call(turn=2, mode=Mode.RECORDING))
    assert decision.reply.say == (sentences.NO_MESSAGE,)
    assert decision.outcome == "no_message"
    assert decision.effects == ()


@pytest.mark.parametrize(
    ("language", "longest", "seconds", "transcribed"),
    [
        ("en-US", 120, 120, True),
        ("en-GB", 60, 2, True),
        ("en-US", 120, 1, False),
        ("en-US", 300, 60, False),
        ("es-US", 120, 60, False),
    ],
)
def test_only_what_twilio_can_write_down_is_asked_for(
    demo: Company, language: str, longest: int, seconds: int, *, transcribed: bool
) -> None:
    company = replace(
        demo,
        agent=replace(demo.agent, language=language),
        limits=replace(demo.limits, recording_seconds=longest),
    )
    assert message.is_transcribed(company, seconds) is transcribed
    record = message.take(company, a_call(), (), source="x", why="y").reply.next
    assert record == Record(longest, message.is_transcribed(company, longest))
