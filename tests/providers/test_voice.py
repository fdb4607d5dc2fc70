from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.errors import (
    KeyRefused,
    ProviderBroken,
    ProviderFailed,
    ProviderTimeout,
    QuotaUsedUp,
)
from clientsvia.providers.voice import PROVIDER
from clientsvia.stores.memory.clips import MemoryClips
from tests.calls.money.spending import capped_at
from tests.providers.voices import PLATFORM, Stage, settled, sound, with_voice

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

HELLO = "Hello, this is Ava."


@pytest.fixture
def stage() -> Stage:
    return Stage()


async def test_a_sentence_is_made_once_and_can_be_fetched(stage: Stage, demo: Company) -> None:
    assert stage.speech.ready(demo, HELLO) == ""

    clip = await stage.speech.speak(demo, HELLO)

    assert await stage.clips.get(clip) == sound(demo, HELLO)
    assert stage.speech.ready(demo, HELLO) == clip
    assert await stage.speech.speak(demo, HELLO) == clip
    assert stage.actor.asked == [("demo", HELLO)]
    counted = [(key.provider, key.model, used) for key, used in stage.ledger.take().items()]
    assert [(*key, used.requests, used.characters) for *key, used in counted] == [
        ("elevenlabs", "flash", 1, len(HELLO))
    ]


async def test_no_company_gets_anothers_clip(stage: Stage, demo: Company) -> None:
    other = replace(demo, slug="other")
    mine = await stage.speech.speak(demo, HELLO)

    assert stage.speech.ready(other, HELLO) == ""
    theirs = await stage.speech.speak(other, HELLO)

    assert theirs != mine
    assert await stage.clips.get(theirs) == sound(other, HELLO)


@pytest.mark.parametrize(
    "changes",
    [{"voice": "a"}, {"model": "b"}, {"stability": 0.1}, {"similarity": 0.1}, {"speed": 1.1}],
)
async def test_a_changed_voice_is_another_clip(
    stage: Stage, demo: Company, changes: dict[str, object]
) -> None:
    await stage.speech.speak(demo, HELLO)
    assert stage.speech.ready(with_voice(demo, **changes), HELLO) == ""


async def test_what_the_platform_speaks_with_is_part_of_the_name(demo: Company) -> None:
    voices = [PLATFORM, replace(PLATFORM, voice="adam"), replace(PLATFORM, model="turbo")]
    voices.append(replace(PLATFORM, sort="wav"))
    clips = {await Stage(platform).speech.speak(demo, HELLO) for platform in voices}
    assert len(clips) == len(voices)
    named = with_voice(demo, voice="rachel", model="flash")
    assert await Stage().speech.speak(named, HELLO) in clips


@pytest.mark.parametrize(
    ("provider", "own", "platform", "speaks"),
    [
        ("auto", "", "key", True),
        ("auto", "key", "", True),
        ("auto", "", "", False),
        ("elevenlabs", "", "key", True),
        ("elevenlabs", "", "", False),
        ("say", "key", "key", False),
    ],
)
async def test_a_company_speaks_with_clips_if_it_may_and_there_is_a_key(
    demo: Company, provider: str, own: str, platform: str, *, speaks: bool
) -> None:
    stage = Stage(replace(PLATFORM, key=platform))
    company = with_voice(demo, provider=provider, api_key=own)
    assert stage.speech.has_voice(company) is speaks
    assert bool(await stage.speech.speak(company, HELLO)) is speaks
    assert bool(stage.speech.ready(company, HELLO)) is speaks
    assert len(stage.actor.asked) == speaks


@pytest.mark.parametrize("text", ["", " ", "…", "?!", "\n"])
async def test_what_has_no_words_is_not_spoken(stage: Stage, demo: Company, text: str) -> None:
    assert await stage.speech.speak(demo, text) == ""
    assert stage.actor.asked == []


async def test_the_same_sentence_asked_for_at_once_is_made_once(
    stage: Stage, demo: Company
) -> None:
    clips = await asyncio.gather(*(stage.speech.speak(demo, HELLO) for _ in range(20)))
    assert len(set(clips)) == 1
    assert len(stage.actor.asked) == 1


async def test_a_key_is_asked_for_so_many_sentences_at_once(stage: Stage, demo: Company) -> None:
    rich = with_voice(replace(demo, slug="rich"), api_key="own")
    texts = [f"Sentence {number}." for number in range(10)]
    await asyncio.gather(
        *(stage.speech.speak(company, text) for text in texts for company in (demo, rich))
    )
    assert stage.actor.at_most == 4
    assert len(stage.actor.asked) == 20


async def test_a_slow_key_holds_up_no_other(stage: Stage, demo: Company) -> None:
    stage.actor.open.clear()
    slow = [asyncio.create_task(stage.speech.speak(demo, str(n), patience=9)) for n in range(5)]
    await settled(lambda: len(stage.actor.asked) == 2)
    stage.actor.open.set()
    rich = with_voice(replace(demo, slug="rich"), api_key="own")
    assert await stage.speech.speak(rich, HELLO)
    await asyncio.gather(*slow)


async def test_a_late_sentence_is_an_error_now_and_a_clip_the_next_time(
    stage: Stage, demo: Company
) -> None:
    stage.actor.open.clear()
    with pytest.raises(ProviderTimeout):
        await stage.speech.speak(demo, HELLO, patience=0.01)

    stage.actor.open.set()
    assert await stage.speech.speak(demo, HELLO)
    assert len(stage.actor.asked) == 1


async def test_a_late_sentence_that_was_not_begun_is_given_up(stage: Stage, demo: Company) -> None:
    stage.actor.open.clear()
    texts = [f"Sentence {number}." for number in range(6)]
    speaking = [stage.speech.speak(demo, text, patience=0.02) for text in texts]
    failures = await asyncio.gather(*speaking, return_exceptions=True)
    stage.actor.open.set()
    await asyncio.sleep(0.02)

    assert {type(failure) for failure in failures} == {ProviderTimeout}
    assert len(stage.actor.asked) == 2


async def test_a_sentence_that_was_paid_for_is_made_though_nobody_waits_any_more(
    stage: Stage, demo: Company
) -> None:
    stage.actor.open.clear()
    dropped = asyncio.create_task(stage.speech.speak(demo, HELLO))
    await settled(lambda: len(stage.actor.asked) == 1)
    dropped.cancel()
    await asyncio.gather(dropped, return_exceptions=True)
    joining = asyncio.create_task(stage.speech.speak(demo, HELLO))
    await asyncio.sleep(0.01)
    stage.actor.open.set()

    assert await joining
    assert len(stage.actor.asked) == 1
    assert stage.characters == len(HELLO)


async def test_a_sentence_that_is_not_begun_is_given_up_when_nobody_waits_any_more(
    stage: Stage, demo: Company
) -> None:
    stage.actor.open.clear()
    texts = ["One.", "Two.", HELLO]
    busy = [asyncio.create_task(stage.speech.speak(demo, text, patience=9)) for text in texts[:2]]
    await settled(lambda: len(stage.actor.asked) == 2)
    one, two = (asyncio.create_task(stage.speech.speak(demo, HELLO)) for _ in range(2))
    await asyncio.sleep(0.01)
    one.cancel()
    await asyncio.sleep(0.01)
    two.cancel()
    await asyncio.sleep(0.01)
    again = asyncio.create_task(stage.speech.speak(demo, HELLO, patience=9))
    await asyncio.sleep(0.01)
    stage.actor.open.set()
    await asyncio.gather(*busy)

    assert await again
    assert [text for _, text in stage.actor.asked] == texts


@pytest.mark.parametrize(
    ("failure", "times", "characters"),
    [
        (KeyRefused("no such key", "set another"), 1, 0),
        (QuotaUsedUp("no characters left", "buy some"), 1, 0),
        (ProviderBroken("half a sound", "ask"), 3, 3 * len(HELLO)),
        (ProviderTimeout("stalled", "wait"), 3, 3 * len(HELLO)),
    ],
)
async def test_a_failure_is_raised_told_to_the_breaker_and_counted(
    stage: Stage, demo: Company, failure: ProviderFailed, times: int, characters: int
) -> None:
    stage.actor.failure = failure
    for _ in range(times):
        with pytest.raises(type(failure)):
            await stage.speech.speak(demo, HELLO)

    assert stage.breaker.why(demo, PROVIDER) is failure
    assert stage.characters == characters
    assert stage.speech.ready(demo, HELLO) == ""


async def test_everybody_who_joined_hears_of_the_failure(stage: Stage, demo: Company) -> None:
    stage.actor.failure = KeyRefused("no such key", "set another")
    speaking = [stage.speech.speak(demo, HELLO) for _ in range(5)]
    failures = await asyncio.gather(*speaking, return_exceptions=True)
    assert {type(failure) for failure in failures} == {KeyRefused}


async def test_a_voice_that_keeps_failing_is_not_asked_and_what_there_is_is_played(
    stage: Stage, demo: Company
) -> None:
    clip = await stage.speech.speak(demo, HELLO)
    stage.actor.failure = KeyRefused("no such key", "set another")
    with pytest.raises(KeyRefused):
        await stage.speech.speak(demo, "Another.")
    stage.actor.failure = None

    assert await stage.speech.speak(demo, "Another.") == ""
    assert await stage.speech.speak(demo, HELLO) == stage.speech.ready(demo, HELLO) == clip
    assert len(stage.actor.asked) == 2
    assert await stage.speech.speak(replace(demo, slug="other"), "Another.")


async def test_once_the_months_money_is_used_up_no_more_is_made(
    stage: Stage, demo: Company
) -> None:
    company = capped_at(demo, 0.001)
    clip = await stage.speech.speak(company, HELLO)
    assert stage.ledger.capped(company)

    assert await stage.speech.speak(company, "Another.") == ""
    assert stage.speech.ready(company, HELLO) == clip
    assert len(stage.actor.asked) == 1


async def test_without_room_nothing_is_made_that_would_be_lost(demo: Company) -> None:
    stage = Stage(clips=MemoryClips(8))
    assert await stage.speech.speak(demo, HELLO) == ""
    assert await stage.speech.speak(demo, "Another.") == ""
    assert len(stage.actor.asked) == 1


async def test_followers_are_told_the_company_whose_clips_changed(
    stage: Stage, demo: Company
) -> None:
    told: list[str] = []
    stage.speech.follow(told.append)
    await stage.clips.put("a" * 64, b"of a company nobody asked for")
    assert told == []
    await stage.speech.speak(demo, HELLO)
    assert told == ["demo"]


async def test_a_platform_key_is_not_shown(stage: Stage) -> None:
    assert "platform-key" not in repr(stage.platform)


async def test_at_the_end_nothing_is_left_under_way(stage: Stage, demo: Company) -> None:
    stage.actor.open.clear()
    speaking = asyncio.create_task(stage.speech.speak(demo, HELLO))
    await settled(lambda: len(stage.actor.asked) == 1)
    await stage.speech.close()
    await asyncio.gather(speaking, return_exceptions=True)
    assert speaking.cancelled()
    assert stage.actor.at_once == 0
