from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.events import AnswerBegun, AnswerFailed, AnswerLate, AnswerReady, Continued
from clientsvia.calls.fillers import FILLERS
from clientsvia.calls.flow import decide
from clientsvia.calls.ports import Act, Action, Answer
from clientsvia.calls.reply import (
    AskOffline,
    AwaitAnswer,
    Connect,
    Continue,
    HangUp,
    Listen,
    Record,
)
from clientsvia.calls.state import Mode, Pending
from tests.calls.calling import a_call, decided
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.calls.events import Event
    from clientsvia.companies.company import Company

PENDING = Pending("ab", 0, int(OPEN.timestamp() * 1000))
SPOKEN = replace(PENDING, spoken=1)
FIRST = Answer(("Let us see.",), "model:x")


def doing(act: Act, target: str = "") -> AnswerReady:
    return AnswerReady(Answer(("Right away.",), "model:x", action=Action(act, target)))


def test_the_first_sentences_are_said_and_the_rest_follows(demo: Company) -> None:
    decision = decided(AnswerBegun(FIRST, SPOKEN), demo, a_call(turn=2))
    assert decision.reply.say == FIRST.sentences
    assert isinstance(decision.reply.next, Continue)
    state = decision.reply.state
    assert (state.turn, state.pending) == (2, SPOKEN)


def test_the_rest_ends_the_turn(demo: Company) -> None:
    call = a_call(turn=2, pending=SPOKEN)
    assert decide(Continued(), demo, call, OPEN) == AwaitAnswer()
    decision = decided(AnswerReady(FIRST), demo, call)
    assert isinstance(decision.reply.next, Listen)
    assert (decision.reply.state.turn, decision.reply.state.pending) == (3, None)


def test_an_answer_that_ends_where_it_was_spoken_leaves_the_caller_to_speak(demo: Company) -> None:
    call = a_call(turn=2, pending=SPOKEN)
    decision = decided(AnswerReady(Answer((), "unknown")), demo, call)
    assert decision.reply.say == ()
    assert isinstance(decision.reply.next, Listen)


def test_a_slow_answer_gets_one_filler_and_then_the_companys_own_data(demo: Company) -> None:
    filler = decided(AnswerLate("drains?", PENDING), demo, a_call(turn=2))
    assert filler.reply.say[0] in FILLERS
    assert isinstance(filler.reply.next, Continue)
    waiting = replace(a_call(turn=2), state=filler.reply.state)
    assert decide(AnswerLate("drains?", PENDING), demo, waiting, OPEN) == AskOffline("drains?")


def test_two_turns_in_a_row_have_different_fillers(demo: Company) -> None:
    said = [
        decided(AnswerLate("drains?", PENDING), demo, a_call(turn=turn)).reply.say
        for turn in range(1, 9)
    ]
    assert all(one != next_one for one, next_one in itertools.pairwise(said))


@pytest.mark.parametrize("event", [AnswerLate("drains?", SPOKEN), AnswerFailed("x", "drains?")])
def test_an_answer_that_breaks_off_is_not_begun_anew(demo: Company, event: Event) -> None:
    call = a_call(turn=2, pending=SPOKEN)
    assert decided(event, demo, call).reply.say == (sentences.CUT_SHORT,)


def test_a_failed_answer_leaves_the_companys_own_data(demo: Company) -> None:
    assert decide(AnswerFailed("x", "drains?"), demo, a_call(turn=1), OPEN) == AskOffline("drains?")


def test_a_redirect_without_an_answer_under_way_asks_what_is_wanted(demo: Company) -> None:
    assert decided(Continued(), demo, a_call(turn=2)).reply.say == (sentences.HELP,)


def test_the_agent_may_pass_the_call_to_a_target_of_the_list(demo: Company) -> None:
    decision = decided(doing(Act.TRANSFER, demo.targets[0].id), demo, a_call(turn=1))
    assert isinstance(decision.reply.next, Connect)
    assert decision.reply.next.callees[0].number == demo.targets[0].number
    assert decision.reply.say[0] == "Right away."


@pytest.mark.parametrize("target", ["", "nobody", "+19005550123", "../office", "911"])
def test_whoever_is_not_on_the_list_is_never_dialled(demo: Company, target: str) -> None:
    decision = decided(doing(Act.TRANSFER, target), demo, a_call(turn=1))
    assert isinstance(decision.reply.next, Listen)
    assert decision.reply.state.mode is Mode.OFFERED_PERSON


def test_the_agent_may_take_a_message_and_end_the_call(demo: Company) -> None:
    asked = decided(doing(Act.MESSAGE), demo, a_call(turn=1)).reply
    assert asked.say[-1] == sentences.ASK_REASON
    assert asked.state.mode is Mode.ASKED_REASON
    assert isinstance(decided(doing(Act.END), demo, a_call(turn=1)).reply.next, HangUp)


def test_an_offer_is_not_repeated_without_end_when_fillers_come_between(demo: Company) -> None:
    state = a_call(turn=2).state
    following = []
    for _ in range(3):
        filler = decided(AnswerLate("drains?", PENDING), demo, replace(a_call(), state=state))
        waiting = replace(a_call(), state=filler.reply.state)
        offered = decided(AnswerReady(Answer((), "unknown")), demo, waiting)
        state = offered.reply.state
        following.append(type(offered.reply.next))
    assert following == [Listen, Listen, Record]


def test_a_call_whose_time_is_over_hears_the_answer_it_has_begun_to_hear(demo: Company) -> None:
    began = OPEN - timedelta(seconds=demo.limits.call_seconds)
    call = a_call(began, turn=2, pending=SPOKEN)
    assert decide(Continued(), demo, call, OPEN) == AwaitAnswer()
    decision = decided(AnswerReady(FIRST), demo, call)
    assert decision.reply.say == (*FIRST.sentences, sentences.TOO_LONG, sentences.LEAVE_MESSAGE)
    assert isinstance(decision.reply.next, Record)
    nothing = decided(
        AnswerReady(Answer((), "unknown")),
        demo,
        replace(call, state=replace(call.state, pending=PENDING)),
    )
    assert nothing.reply.say == (sentences.TOO_LONG, sentences.LEAVE_MESSAGE)


def test_the_last_sentences_stay_apart_for_each_has_a_clip_of_its_own(demo: Company) -> None:
    leaving = Answer(("It was a pleasure.", "Goodbye."), "model:x", action=Action(Act.END))
    decision = decided(AnswerReady(leaving), demo, a_call(turn=1))
    assert decision.reply.say == leaving.sentences
