from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.reply import Listen, Record
from clientsvia.calls.state import TAKING, Mode
from clientsvia.calls.taking.asking_again import again, ask_again, by_recording
from tests.calls.calling import a_call

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


@pytest.mark.parametrize("mode", sorted(TAKING))
def test_a_question_is_put_twice_more_and_then_the_message_is_recorded(
    demo: Company, mode: Mode
) -> None:
    for unclear in (0, 1):
        reply = ask_again(demo, a_call(turn=3, mode=mode, unclear=unclear), "why").reply
        assert reply.say == (again(a_call(mode=mode)),)
        assert isinstance(reply.next, Listen)
        assert (reply.state.mode, reply.state.unclear) == (mode, unclear + 1)
    recorded = ask_again(demo, a_call(turn=3, mode=mode, unclear=2), "why").reply
    assert recorded.say == (sentences.TROUBLE_HEARING, sentences.LEAVE_MESSAGE)
    assert isinstance(recorded.next, Record)


def test_who_would_rather_be_recorded_hears_of_no_trouble(demo: Company) -> None:
    reply = by_recording(demo, a_call(turn=3, mode=Mode.ASKED_NAME), "why").reply
    assert reply.say == (sentences.LEAVE_MESSAGE,)


def test_outside_a_message_nothing_is_asked_again() -> None:
    assert again(a_call(mode=Mode.LISTENING)) == ""
