from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import deadline
from clientsvia.calls.making import Dropped
from clientsvia.calls.makings import Makings
from clientsvia.calls.ports import Act, Action, Part, Question
from clientsvia.errors import ProviderBroken, StoreUnavailable
from clientsvia.providers.knowledge import KnowledgeResponder
from clientsvia.providers.say import SaySpeech
from clientsvia.stores.memory.prepared_answers import MemoryPreparedAnswers
from tests.calls.responding import Scripted, Voice
from tests.conftest import OPEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from clientsvia.companies.company import Company

ONE, TWO = Part("One.", "model:test"), Part("Two.", "model:test")
PATIENCE = 5.0


@pytest.fixture
def question(demo: Company) -> Question:
    return Question(demo, "how many are there", OPEN)


async def everything(makings: Makings, question: Question) -> tuple[Part, ...]:
    making = makings.start("key", question)
    parts: tuple[Part, ...] = ()
    complete = False
    while not complete:
        taken = await making.take(len(parts), PATIENCE)
        parts, complete = parts + taken.parts, taken.complete
    return parts


async def test_parts_come_in_order_with_their_sound(question: Question) -> None:
    voice = Voice()
    makings = Makings(Scripted(ONE, TWO), voice, MemoryPreparedAnswers())
    parts = await everything(makings, question)
    assert [part.clip for part in parts] == ["demo-One.", "demo-Two."]
    assert voice.spoken == ["One.", "Two."]


@pytest.mark.parametrize("voice", [Voice(fails=True), Voice(pace=30)])
async def test_without_its_sound_a_sentence_is_there_all_the_same(
    question: Question, voice: Voice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "SPEAK", 0.01)
    makings = Makings(Scripted(ONE), voice, MemoryPreparedAnswers())
    assert await everything(makings, question) == (ONE,)


async def test_the_next_sentence_is_written_while_one_becomes_sound(question: Question) -> None:
    voice = Voice(pace=0.2)
    makings = Makings(Scripted(ONE, TWO), voice, MemoryPreparedAnswers())
    making = makings.start("key", question)
    await asyncio.sleep(0.1)
    assert voice.spoken == ["One.", "Two."]
    assert making.parts == []
    await makings.close()


async def test_another_process_follows_what_one_makes(question: Question) -> None:
    shared, learnt = MemoryPreparedAnswers(), Voice()
    responder = Scripted(ONE, TWO, Part(action=Action(Act.TRANSFER, "office")), pace=0.01)
    one = Makings(responder, Voice(), shared)
    other = Makings(responder, learnt, shared)
    first, second = one.start("key", question), None
    await asyncio.sleep(0.005)
    second = other.start("key", question)
    assert (await second.take(2, PATIENCE)).complete
    assert second.parts == first.parts
    assert second.parts[-1].action == Action(Act.TRANSFER, "office")
    assert responder.asked == ["how many are there"]
    assert learnt.learnt == ["demo-One.", "demo-Two."]


async def test_what_another_process_gave_up_is_made_here(question: Question) -> None:
    shared = MemoryPreparedAnswers()
    broken = Makings(Scripted(broken=True, pace=0.02), SaySpeech(), shared)
    working = Scripted(ONE)
    makings = Makings(working, SaySpeech(), shared)
    broken.start("key", question)
    await asyncio.sleep(0.005)
    assert await everything(makings, question) in (
        (ONE,),
        (Part("About how many are there.", "model:test", 0.7),),
    )


async def test_what_another_process_broke_off_is_no_whole_answer(question: Question) -> None:
    shared = MemoryPreparedAnswers()
    broken = Makings(Scripted(ONE, broken=True, pace=0.02), SaySpeech(), shared)
    makings = Makings(Scripted(TWO), SaySpeech(), shared)
    broken.start("key", question)
    await asyncio.sleep(0.005)
    making = makings.start("key", question)
    assert not (await making.take(0, PATIENCE)).complete
    with pytest.raises(KeyError):
        await making.take(1, PATIENCE)


class Busy(MemoryPreparedAnswers):
    """A store that takes a moment for everything."""

    async def claim(self, key: str, ttl: float = 30.0) -> bool:
        claimed = await super().claim(key, ttl)
        await asyncio.sleep(0.01)
        return claimed

    async def publish(self, key: str, part: str, *, last: bool = False) -> None:
        await asyncio.sleep(0.01)
        await super().publish(key, part, last=last)


async def test_whoever_takes_the_last_sentence_knows_that_nothing_follows(
    question: Question,
) -> None:
    making = Makings(Scripted(ONE), SaySpeech(), Busy()).start("key", question)
    assert (await making.take(0, PATIENCE)).complete


async def test_an_answer_dropped_while_it_is_claimed_frees_the_key(question: Question) -> None:
    shared = Busy()
    makings = Makings(Scripted(ONE), SaySpeech(), shared)
    making = makings.start("key", question, early=True)
    await asyncio.sleep(0.005)
    makings.drop(making)
    await asyncio.sleep(0.01)
    assert await shared.claim("key")


async def test_an_answer_dropped_while_another_has_it_takes_nothing_from_that(
    question: Question,
) -> None:
    shared = Busy()
    other = Makings(Scripted(ONE, TWO, pace=0.05), SaySpeech(), shared).start("key", question)
    await asyncio.sleep(0.02)
    makings = Makings(Scripted(), SaySpeech(), shared)
    late = makings.start("key", question, early=True)
    await asyncio.sleep(0.005)
    makings.drop(late)
    assert (await other.take(0, PATIENCE)).parts == (ONE,)
    assert not await shared.claim("key")


class GoneStore(MemoryPreparedAnswers):
    """A store that does not answer."""

    async def claim(self, key: str, ttl: float = 30.0) -> bool:
        raise StoreUnavailable(f"{key} {ttl}")

    async def parts(self, key: str, timeout: float) -> AsyncIterator[str]:  # noqa: ASYNC109 - the port's
        if key:
            raise StoreUnavailable(f"{key} {timeout}")
        yield ""


class FrozenStore(MemoryPreparedAnswers):
    """A store that takes for ever."""

    async def claim(self, key: str, ttl: float = 30.0) -> bool:
        await asyncio.sleep(60)
        return bool(key and ttl)


@pytest.mark.parametrize("store", [GoneStore(), FrozenStore()])
async def test_without_a_store_an_answer_is_made_for_this_process_alone(
    question: Question, store: MemoryPreparedAnswers
) -> None:
    assert await everything(Makings(Scripted(ONE), SaySpeech(), store), question) == (ONE,)


class LosingStore(MemoryPreparedAnswers):
    """A store that is lost while another process's answer is waited for."""

    async def parts(self, key: str, timeout: float) -> AsyncIterator[str]:  # noqa: ASYNC109 - the port's
        if key:
            raise StoreUnavailable(f"{key} {timeout}")
        yield ""


async def test_an_answer_that_cannot_be_followed_any_more_is_made_here(question: Question) -> None:
    store = LosingStore()
    await store.claim("key")
    assert await everything(Makings(Scripted(ONE), SaySpeech(), store), question) == (ONE,)


class HalfStore(MemoryPreparedAnswers):
    """A store that takes claims, and fails when it is told of parts."""

    async def publish(self, key: str, part: str, *, last: bool = False) -> None:
        raise StoreUnavailable(f"{key} {part} {last}")


async def test_a_store_that_fails_in_the_middle_costs_nothing(question: Question) -> None:
    makings = Makings(Scripted(ONE, TWO), SaySpeech(), HalfStore())
    assert await everything(makings, question) == (ONE, TWO)


async def test_dropping_an_answer_stops_the_work_and_frees_the_key(question: Question) -> None:
    shared, responder = MemoryPreparedAnswers(), Scripted(ONE, pace=30)
    makings = Makings(responder, SaySpeech(), shared)
    making = makings.start("key", question, early=True)
    await asyncio.sleep(0.01)
    makings.drop(making)
    with pytest.raises(Dropped):
        await making.take(0, PATIENCE)
    await asyncio.sleep(0.01)
    assert responder.stopped == [question.text]
    assert await shared.claim("key")


async def test_dropping_an_answer_leaves_the_newer_one_under_its_key(question: Question) -> None:
    makings = Makings(Scripted(ONE, pace=30), SaySpeech(), MemoryPreparedAnswers())
    old, new = (makings.start("key", question) for _ in range(2))
    makings.drop(old)
    assert makings.find("key") is new
    await makings.close()


async def test_a_model_that_breaks_off_leaves_what_it_said(question: Question) -> None:
    makings = Makings(Scripted(ONE, TWO, broken=True), Voice(), MemoryPreparedAnswers())
    making = makings.start("key", question)
    with pytest.raises(ProviderBroken):
        await making.take(2, PATIENCE)
    assert [part.text for part in making.parts] == ["One.", "Two."]


async def test_own_data_are_answered_without_a_task(demo: Company) -> None:
    makings = Makings(KnowledgeResponder(), SaySpeech(), GoneStore())
    question = Question(demo, "how can I pay?", OPEN)
    assert makings.instant(demo)
    making = await makings.instantly("key", question, early=True)
    assert making.complete
    assert makings.find("key") is making
