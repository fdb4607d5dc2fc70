from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.events import Heard, MessageRecorded
from clientsvia.calls.reply import HangUp, Record
from clientsvia.calls.state import Mode
from tests.calls.calling import a_call, decided

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


def test_a_caller_who_wants_to_leave_a_message_is_recorded(demo: Company) -> None:
    decision = decided(Heard("I'd like to leave a message"), demo, a_call(turn=1))
    assert decision.reply.next == Record(demo.limits.recording_seconds)
    assert decision.reply.say == (sentences.LEAVE_MESSAGE,)
    assert decision.reply.state.mode is Mode.RECORDING


def test_a_recorded_message_is_thanked_for(demo: Company) -> None:
    event = MessageRecorded("https://api.twilio.com/RE1", 12)
    decision = decided(event, demo, a_call(turn=2, mode=Mode.RECORDING))
    assert decision.reply.say == (sentences.MESSAGE_TAKEN,)
    assert decision.reply.next == HangUp()
    assert decision.outcome == "message"


def test_a_caller_who_hung_up_after_the_message_hears_nothing_more(demo: Company) -> None:
    event = MessageRecorded("https://api.twilio.com/RE1", 12, hung_up=True)
    decision = decided(event, demo, a_call(turn=2, mode=Mode.RECORDING))
    assert decision.reply.say == ()
    assert decision.outcome == "message"


def test_no_message_is_said_to_be_none(demo: Company) -> None:
    decision = decided(MessageRecorded(""), demo, a_call(turn=2, mode=Mode.RECORDING))
    assert decision.reply.say == (sentences.NO_MESSAGE,)
    assert decision.outcome == "no_message"
