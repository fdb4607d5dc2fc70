"""The rehearsed model is as slow as it says."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.ports import Question
from clientsvia.rehearsal.model import ANSWER_TOKENS, OneProcess, RehearsedModel, RehearsedVoice
from clientsvia.rehearsal.virtual_time import run_in_virtual_time
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


async def first_sentence(model: RehearsedModel, company: Company, text: str) -> float:
    loop = asyncio.get_running_loop()
    began = loop.time()
    moments = [loop.time() - began async for _ in model.answer(Question(company, text, OPEN))]
    assert moments == sorted(moments)
    return moments[0]


def test_the_first_sentence_takes_its_time_by_the_published_distribution(demo: Company) -> None:
    async def work() -> list[float]:
        model = RehearsedModel(1)
        return sorted([await first_sentence(model, demo, f"question {n}") for n in range(4000)])

    waits = run_in_virtual_time(work())
    writing = 14 / 60
    assert waits[2000] - writing == pytest.approx(0.4, rel=0.05)
    assert waits[3960] - writing == pytest.approx(1.2, rel=0.1)


def test_words_that_mean_the_same_take_as_long(demo: Company) -> None:
    async def work() -> list[float]:
        model = RehearsedModel(1)
        texts = ("at 5:30 pm", "At five thirty p.m.", "at six")
        return [await first_sentence(model, demo, text) for text in texts]

    one, same, other = run_in_virtual_time(work())
    assert one == pytest.approx(same)
    assert one != pytest.approx(other)


def test_tokens_are_counted_up_to_where_nobody_listens_any_more(demo: Company) -> None:
    async def work() -> RehearsedModel:
        model = RehearsedModel(1)
        first = await first_sentence(model, demo, "the same question")
        listening = asyncio.create_task(first_sentence(model, demo, "the same question"))
        await asyncio.sleep(first - 0.1)
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening
        return model

    model = run_in_virtual_time(work())
    assert model.spent.generations == 2
    assert model.spent.tokens == ANSWER_TOKENS + 14 - 6


def test_a_sound_takes_150_ms(demo: Company) -> None:
    async def work() -> float:
        await RehearsedVoice().speak(demo, "Hello.")
        return asyncio.get_running_loop().time()

    assert run_in_virtual_time(work()) == pytest.approx(0.15)


async def test_one_process_makes_everything_itself() -> None:
    alone = OneProcess()
    assert await alone.claim("key")
    await alone.publish("key", "part", last=True)
    with pytest.raises(KeyError):
        [part async for part in alone.parts("key", 1.0)]
