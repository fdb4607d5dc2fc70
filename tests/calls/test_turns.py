from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import deadline, sentences
from clientsvia.calls.answers import Answers
from clientsvia.calls.commits import Commits
from clientsvia.calls.conversation import Conversations
from clientsvia.calls.events import Continued, Digits, Heard, Silence
from clientsvia.calls.fillers import FILLERS
from clientsvia.calls.makings import Makings
from clientsvia.calls.onset import EAGER
from clientsvia.calls.partials import Partial, Partials
from clientsvia.calls.ports import Act, Action, Part
from clientsvia.calls.speculation import Speculation, Unlimited, key_of
from clientsvia.calls.state import Mode, Pending
from clientsvia.calls.turns import Turns
from clientsvia.latency.timeline import Timeline
from clientsvia.providers.clock import StartedClock
from clientsvia.providers.knowledge import KnowledgeResponder
from clientsvia.providers.say import SaySpeech
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from clientsvia.stores.memory.prepared_answers import MemoryPreparedAnswers
from tests.calls.calling import a_call
from tests.calls.responding import Scripted, settled
from tests.conftest import OPEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from clientsvia.calls.events import Event
    from clientsvia.calls.ports import CallStates, Question, Responder
    from clientsvia.calls.reply import Reply
    from clientsvia.companies.company import Company


class PlainText:
    """A transport that says what is said."""

    def render(self, reply: Reply, company: Company, call_sid: str) -> bytes:
        return f"{company.slug} {call_sid}: {' '.join(reply.say)}".encode()


class SlowResponder:
    async def answer(self, question: Question) -> AsyncIterator[Part]:
        await asyncio.sleep(60)
        yield Part(question.text)

    def instant(self, _company: Company) -> bool:
        return False


class BrokenResponder:
    async def answer(self, question: Question) -> AsyncIterator[Part]:
        if question.text:
            raise ZeroDivisionError(question.text)
        yield Part()

    def instant(self, _company: Company) -> bool:
        return False


class ForgetfulStates(MemoryCallStates):
    async def load(self, company: str, call_sid: str) -> Mapping[str, object] | None:
        raise ConnectionError(company, call_sid)


def playing(
    responder: Responder | None = None, states: CallStates | None = None
) -> tuple[Turns, MemoryCallLog]:
    memory = CallMemory()
    states = states or MemoryCallStates(memory)
    log = MemoryCallLog(memory)
    makings = Makings(responder or KnowledgeResponder(), SaySpeech(), MemoryPreparedAnswers())
    speculation, conversations = Speculation(makings, EAGER, Unlimited()), Conversations(states)
    clock = StartedClock(OPEN)
    partials = Partials(
        speculation, conversations, MemoryPreparedAnswers(), None, lambda _: None, clock
    )
    answers = Answers(speculation, partials, KnowledgeResponder())
    turns = Turns(Commits(states), conversations, answers, log, clock, PlainText())
    return turns, log


async def test_a_turn_is_answered_committed_and_timed(demo: Company) -> None:
    turns, log = playing()
    timeline = Timeline()
    body = await turns.take(demo, a_call(turn=1), "heard", Heard("how can I pay?"), timeline)
    call = await log.call("CA1")
    assert b"credit cards" in body
    assert call is not None
    (turn,) = call.turns
    assert (turn.key, turn.answered["source"]) == ("1:heard", "knowledge:payment")
    assert set(turn.latency) == {"answer", "render", "commit"}


async def test_a_second_delivery_gets_the_same_bytes_and_is_one_turn(demo: Company) -> None:
    turns, log = playing()
    call = a_call(turn=1)
    heard = Heard("how can I pay?", 0.9)
    answers = {await turns.take(demo, call, "heard", heard, Timeline()) for _ in range(3)}
    logged = await log.call("CA1")
    assert len(answers) == 1
    assert logged is not None
    assert len(logged.turns) == 1


async def test_other_words_for_the_same_turn_get_their_own_answer(demo: Company) -> None:
    turns, log = playing()
    call = a_call(turn=1)
    await turns.take(demo, call, "heard", Heard("how can I pay?"), Timeline())
    other = Heard("do you give free estimates?")
    answers = {await turns.take(demo, call, "heard", other, Timeline()) for _ in range(2)}
    logged = await log.call("CA1")
    assert len(answers) == 1
    assert b"free" in answers.pop()
    assert logged is not None
    assert len(logged.turns) == 2


async def test_a_broken_responder_leaves_the_companys_own_data_to_answer(demo: Company) -> None:
    turns, _ = playing(BrokenResponder())
    body = await turns.take(demo, a_call(turn=1), "heard", Heard("how can I pay?"), Timeline())
    assert b"credit cards" in body


async def test_what_nobody_can_answer_leads_to_an_offer(demo: Company) -> None:
    turns, _ = playing(BrokenResponder())
    body = await turns.take(demo, a_call(turn=1), "heard", Heard("a riddle"), Timeline())
    assert sentences.OFFER_PERSON.encode() in body


async def test_a_slow_answer_is_a_filler_and_then_what_the_company_knows(
    demo: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "FIRST", 0.01)
    monkeypatch.setattr(deadline, "WEBHOOK", 0.01)
    turns, log = playing(SlowResponder())
    call = a_call(turn=1)
    said = await turns.take(demo, call, "heard", Heard("how can I pay?"), Timeline())
    assert any(filler.encode() in said for filler in FILLERS)
    logged = await log.call("CA1")
    assert logged is not None
    assert logged.turns[0].answered["next"] == {"type": "Continue"}
    later = replace(
        call, state=call.state.answering(Pending("ab", 0, int(OPEN.timestamp() * 1000)))
    )
    body = await turns.take(demo, later, "continued", Continued(), Timeline())
    assert b"credit cards" in body


async def test_what_was_said_is_remembered(demo: Company) -> None:
    turns, _ = playing()
    first = await turns.take(demo, a_call(turn=1), "heard", Heard("how can I pay?"), Timeline())
    again = await turns.take(demo, a_call(turn=2), "heard", Heard("say that again"), Timeline())
    assert again == first


async def test_without_its_memory_the_call_goes_on(demo: Company) -> None:
    turns, _ = playing(states=ForgetfulStates(CallMemory()))
    body = await turns.take(demo, a_call(turn=2), "heard", Heard("say that again"), Timeline())
    assert sentences.CANNOT_REPEAT.encode() in body


async def test_a_rehearsal_leaves_no_trace(demo: Company) -> None:
    turns, log = playing()
    timeline = Timeline()
    body = await turns.rehearse(demo, a_call(turn=1), Heard("how can I pay?"), timeline)
    assert b"credit cards" in body
    assert list(timeline.segments) == ["answer", "render", "memory"]
    assert await log.call("CA1") is None


class PromisingResponder:
    """Answers every question with a promise that the guard has made a request of."""

    async def answer(self, question: Question) -> AsyncIterator[Part]:
        yield Part(source="model:x", action=Action(Act.REQUEST, text=question.text))

    def instant(self, _company: Company) -> bool:
        return False


async def test_a_request_is_in_the_log_and_remembered_until_the_caller_agrees(
    demo: Company,
) -> None:
    turns, log = playing(PromisingResponder())
    wanted = Heard("come on Tuesday")
    said = await turns.take(demo, a_call(turn=1), "heard", wanted, Timeline())
    assert b"You said: come on Tuesday." in said
    asked = a_call(turn=2, mode=Mode.CONFIRM_REQUEST)
    await turns.take(demo, asked, "heard", Silence(), Timeline())
    again = a_call(turn=3, mode=Mode.CONFIRM_REQUEST)
    said = await turns.take(demo, again, "heard", Heard("yes"), Timeline())
    assert sentences.NOTED.encode() in said
    logged = await log.call("CA1")
    assert logged is not None
    requests = [turn.answered["request"] for turn in logged.turns]
    assert requests == ["come on Tuesday", "", "come on Tuesday"]
    assert logged.outcome == "message_asked"


async def test_another_worker_knows_the_request_and_the_question_too(demo: Company) -> None:
    states = MemoryCallStates(CallMemory())
    first, _ = playing(PromisingResponder(), states)
    await first.take(demo, a_call(turn=1), "heard", Heard("come on Tuesday"), Timeline())
    second, _ = playing(PromisingResponder(), states)
    mending = a_call(turn=2, mode=Mode.CONFIRM_REQUEST)
    said = await second.take(demo, mending, "heard", Heard("no, I said Thursday"), Timeline())
    assert b"You said: come on Thursday." in said
    third, _ = playing(PromisingResponder(), states)
    agreeing = a_call(turn=3, mode=Mode.CONFIRM_REQUEST)
    said = await third.take(demo, agreeing, "heard", Heard("yes please"), Timeline())
    assert sentences.NOTED.encode() in said


async def test_a_correction_is_answered_without_a_model(demo: Company) -> None:
    turns, _ = playing()
    asked = Heard("are you open on Saturday?")
    await turns.take(demo, a_call(turn=1), "heard", asked, Timeline())
    mended = Heard("no, I said Sunday")
    said = await turns.take(demo, a_call(turn=2), "heard", mended, Timeline())
    assert b"we're closed on Sunday" in said


async def test_a_second_correction_mends_the_question_and_not_the_first(demo: Company) -> None:
    responder = Scripted()
    turns, _ = playing(responder)
    for number, text in enumerate(
        ("do you come on Saturday", "no, I said Sunday", "no, I said Monday"), 1
    ):
        await turns.take(demo, a_call(turn=number), "heard", Heard(text), Timeline())
    assert responder.asked[1:] == ["do you come on Sunday", "do you come on Monday"]


async def test_keyed_digits_are_the_callers_words(demo: Company) -> None:
    turns, _ = playing(PromisingResponder())
    said = await turns.take(demo, a_call(turn=2), "heard", Digits("4711"), Timeline())
    assert b"You said: 4 7 1 1." in said


@pytest.mark.parametrize("event", [Digits("0"), Silence(), Heard("a person please", 0.9)])
async def test_what_is_decided_without_an_answer_drops_what_was_begun_for_it(
    demo: Company, event: Event
) -> None:
    responder = Scripted()
    responder.gate = asyncio.Event()
    turns, _ = playing(responder)
    partial = Partial(0, "do you fix drains", "")
    await turns.answers.partials.hear(demo, a_call(turn=1), partial)
    await settled()
    await turns.take(demo, a_call(turn=1), "heard", event, Timeline())
    await settled()
    assert responder.stopped == ["do you fix drains"]
    await turns.answers.partials.hear(demo, a_call(turn=1), replace(partial, sequence=1))
    await settled()
    assert responder.asked == ["do you fix drains"]


async def test_a_second_delivery_is_no_second_turn_of_the_conversation(demo: Company) -> None:
    responder = Scripted()
    turns, _ = playing(responder)
    await turns.take(demo, a_call(turn=1), "heard", Heard("do you fix drains"), Timeline())
    call, heard = a_call(turn=2), Heard("do you fix roofs")
    answers = {await turns.take(demo, call, "heard", heard, Timeline()) for _ in range(2)}
    assert len(answers) == 1
    assert responder.asked == ["do you fix drains", "do you fix roofs"]
    earlier = await turns.conversations.earlier(demo, a_call(turn=3))
    assert [turn.heard for turn in earlier] == ["do you fix drains", "do you fix roofs"]


async def test_an_answer_of_older_settings_is_not_spoken_after_a_filler(
    demo: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "FIRST", 0.01)
    responder = Scripted(pace=0.05)
    turns, _ = playing(responder)
    call = a_call(turn=1)
    await turns.take(demo, call, "heard", Heard("how can I pay?"), Timeline())
    key = key_of(demo, call.sid, 1, "how can I pay?")
    pending = Pending(key, 0, int(OPEN.timestamp() * 1000))
    later = replace(call, state=call.state.answering(pending))
    changed = replace(demo, revision=demo.revision + 1)
    body = await turns.take(changed, later, "continued", Continued(), Timeline())
    assert b"About how can I pay?" not in body
    assert b"credit cards" in body
