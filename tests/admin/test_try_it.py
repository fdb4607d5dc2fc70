from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.played_call import Caller
from clientsvia.admin.try_it import FOLLOWING, Act, Move
from clientsvia.calls import deadline, sentences
from clientsvia.calls.fillers import FILLERS
from clientsvia.calls.ports import Part
from clientsvia.companies.routing import AfterHours, AfterHoursPolicy, First, Ring, Routing
from clientsvia.errors import InvalidInput
from tests.admin.trying import USER, Page, try_it
from tests.calls.calling import knowing
from tests.calls.people import CREW, DESK, ERIN, SAM
from tests.calls.responding import Scripted, Voice
from tests.conftest import CLOSED, OPEN, SUSPENDED

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from clientsvia.calls.ports import Question
    from clientsvia.companies.company import Company


def kinds(page: Page) -> list[str]:
    """What the last step would have done beyond the call."""
    return [effect["type"] for effect in page.last.answered["effects"]]


async def test_a_conversation_in_a_page_is_answered_like_a_call(demo: Company) -> None:
    page = Page(demo)
    assert demo.name in page.ring()
    assert set(page.last.stages) == {"decide", "render"}
    assert "credit cards" in await page.say("how can I pay?")
    assert page.last.answered["source"] == "knowledge:payment"
    assert page.last.event["text"] == "how can I pay?"
    assert "<Gather" in page.last.reply["twiml"]
    assert set(page.last.stages) == {"answer", "render", "commit"}
    await page.say("no thank you, goodbye")
    assert page.last.moves == ()
    assert page.last.state == ""


async def test_any_worker_goes_on_with_a_conversation(demo: Company) -> None:
    page = Page(demo, try_it(), try_it())
    page.ring()
    await page.say("are you open on Saturday?")
    said = await page.say("no, I said Sunday")
    assert "closed on Sunday" in said
    assert await page.say("say that again") == said


async def test_any_moment_may_be_played(demo: Company) -> None:
    page = Page(replace(demo, after_hours=AfterHours(AfterHoursPolicy.MESSAGE, None)))
    page.ring(at=OPEN)
    assert page.last.reply["next"]["kind"] == "listen"
    page.ring(at=CLOSED)
    assert page.last.answered["outcome"] == "message_asked"
    assert page.last.at.tzinfo is demo.hours.zone
    assert (page.last.at.hour, page.last.at.minute) == (22, 0)


async def test_without_a_moment_it_is_now(demo: Company) -> None:
    page = Page(demo)
    page.ring(at=None)
    assert 0 <= (page.last.at - OPEN).total_seconds() < 60


async def test_any_caller_may_be_played(demo: Company) -> None:
    page = Page(knowing(demo))
    assert page.ring().startswith("Hello Jo.")
    assert not page.ring("anonymous").startswith("Hello Jo.")
    assert not page.ring(unverified=True).startswith("Hello Jo.")


async def test_a_company_that_is_suspended_says_so(demo: Company) -> None:
    page = Page(replace(demo, account=SUSPENDED))
    page.ring()
    assert page.last.moves == ()


async def test_keys_and_silence_are_the_callers(demo: Company) -> None:
    page = Page(demo)
    page.ring()
    assert await page.do(Act.SILENCE) == sentences.STILL_THERE[0]
    await page.do(Act.KEYS, "0")
    assert page.last.reply["next"]["kind"] == "connect"


async def test_somebody_who_is_rung_hears_who_calls_and_takes_it(demo: Company) -> None:
    page = Page(demo)
    page.ring()
    await page.say("I want to speak to a person")
    (callee,) = page.last.reply["next"]["callees"]
    assert callee["accept"]
    await page.do(Act.TALKED)
    (whisper,) = page.last.whispers
    assert whisper["target"] == callee["target"]
    assert "press 1" in whisper["said"].lower()
    assert page.last.answered["outcome"] == "transferred"
    assert page.last.moves == ()


@pytest.mark.parametrize(
    ("act", "outcome"),
    [
        (Act.BUSY, "busy"),
        (Act.NO_ANSWER, "no-answer"),
        (Act.VOICEMAIL, "voicemail"),
        (Act.DECLINED, "declined"),
        (Act.FAILED, "failed"),
    ],
)
async def test_a_ring_that_nobody_takes_comes_back_to_the_caller(
    demo: Company, act: Act, outcome: str
) -> None:
    page = Page(demo)
    page.ring()
    await page.say("I want to speak to a person")
    assert sentences.LEAVE_MESSAGE_OFFER in await page.do(act)
    (missed,) = page.last.answered["effects"]
    assert (missed["type"], missed["outcome"]) == ("TransferMissed", outcome)


async def test_a_caller_may_hang_up_while_it_rings(demo: Company) -> None:
    page = Page(demo)
    page.ring()
    await page.say("I want to speak to a person")
    await page.do(Act.HANG_UP)
    assert page.last.answered["effects"][0]["outcome"] == "abandoned"
    assert page.last.moves == ()


async def test_any_of_several_who_are_rung_may_answer(demo: Company) -> None:
    crew = replace(
        demo,
        targets=(replace(CREW, ring=Ring.TOGETHER), ERIN, SAM, DESK),
        routing=Routing(First.STAFF, "crew", 20),
    )
    page = Page(crew)
    page.ring()
    assert [callee["target"] for callee in page.last.reply["next"]["callees"]] == ["erin", "sam"]
    await page.do(Act.TALKED, "sam")
    assert [whisper["target"] for whisper in page.last.whispers] == ["sam"]
    page.ring()
    with pytest.raises(InvalidInput, match="desk is not rung: choose one of erin, sam"):
        await page.do(Act.TALKED, "desk")


async def test_a_message_is_taken_and_nobody_is_told(demo: Company) -> None:
    page = Page(demo)
    page.ring()
    await page.say("I want to leave a voicemail")
    assert page.last.reply["next"]["kind"] == "record"
    await page.do(Act.RECORDED, "20")
    assert kinds(page) == ["MessageLeft"]
    assert page.last.answered["effects"][0]["seconds"] == 20


async def test_who_says_nothing_after_the_tone_leaves_no_message(demo: Company) -> None:
    page = Page(demo)
    page.ring()
    await page.say("I want to leave a voicemail")
    await page.do(Act.SILENCE)
    assert page.last.answered["outcome"] == "no_message"


async def test_a_caller_may_hang_up_at_any_time(demo: Company) -> None:
    page = Page(demo)
    page.ring()
    await page.do(Act.HANG_UP)
    assert (page.last.event["type"], page.last.moves, page.last.state) == ("HungUp", (), "")


async def test_a_call_that_lasts_too_long_ends_in_a_message(demo: Company) -> None:
    brief = replace(demo, limits=replace(demo.limits, call_seconds=10))
    page = Page(brief)
    page.ring()
    said = await page.say("how can I pay? " * 10)
    assert sentences.TOO_LONG in said


async def test_a_slow_answer_is_a_filler_first_and_made_while_it_is_heard(
    demo: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "FIRST", 0.01)
    responder = Scripted(Part("We fix roofs.", "model:test"))
    responder.gate = asyncio.Event()
    page = Page(demo, try_it(responder))
    page.ring()
    assert await page.say("do you fix roofs?") in FILLERS
    assert page.last.moves == FOLLOWING["continue"]
    asyncio.get_running_loop().call_later(0.05, responder.gate.set)
    # The caller still hears the filler: what comes meanwhile is in time.
    monkeypatch.setattr(deadline, "WEBHOOK", 0.0)
    assert await page.do(Act.WAIT) == "We fix roofs."
    assert page.last.answered["source"] == "model:test"


async def test_the_deadlines_are_those_of_a_call(
    demo: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Never(Scripted):
        async def answer(self, question: Question) -> AsyncIterator[Part]:
            await asyncio.sleep(60)
            yield Part(question.text)

    for name in ("FIRST", "WEBHOOK"):
        monkeypatch.setattr(deadline, name, 0.01)
    page = Page(demo, try_it(Never()))
    page.ring()
    assert await page.say("how can I pay?") in FILLERS
    assert "credit cards" in await page.do(Act.WAIT)


async def test_a_model_is_asked_what_was_said_before(demo: Company) -> None:
    class Remembering(Scripted):
        async def answer(self, question: Question) -> AsyncIterator[Part]:
            heard = ", ".join(turn.heard for turn in question.earlier)
            yield Part(f"Before it was: {heard or 'nothing'}.", "model:test")

    page = Page(demo, try_it(Remembering()), try_it(Remembering()))
    page.ring()
    assert await page.say("do you fix roofs?") == "Before it was: nothing."
    assert await page.say("do you fix drains?") == "Before it was: do you fix roofs?."


async def test_a_voice_is_heard_with_its_clips(demo: Company) -> None:
    page = Page(demo, try_it(Scripted(), Voice()))
    page.ring()
    await page.say("do you fix roofs?")
    assert page.last.reply["say"][0]["text"] == "About do you fix roofs?."


@pytest.mark.parametrize(
    ("act", "text", "match"),
    [
        (Act.WAIT, "", "cannot happen here: choose one of say, keys, silence, hang_up"),
        (Act.RECORDED, "20", "cannot happen here"),
        (Act.SAY, "  ", "nothing is said"),
        (Act.KEYS, "12a", "'12a' are no keys"),
        (Act.KEYS, "", "are no keys"),
    ],
)
async def test_what_cannot_happen_is_refused_with_what_can(
    demo: Company, act: Act, text: str, match: str
) -> None:
    page = Page(demo)
    page.ring()
    with pytest.raises(InvalidInput, match=match):
        await page.do(act, text)


@pytest.mark.parametrize("seconds", ["", "-1", "long", "99999"])
async def test_a_recording_has_a_length(demo: Company, seconds: str) -> None:
    page = Page(demo)
    page.ring()
    await page.say("I want to leave a voicemail")
    with pytest.raises(InvalidInput, match="is no length"):
        await page.do(Act.RECORDED, seconds)


async def test_nobody_goes_on_with_a_conversation_but_its_user(demo: Company) -> None:
    worker, page = try_it(), Page(demo)
    page.ring()
    move = Move(Act.SAY, "how can I pay?")
    other = replace(demo, slug="other")
    for company, user, state in (
        (demo, "user-2", page.last.state),
        (other, USER, page.last.state),
        (demo, USER, page.last.state[:-1]),
        (demo, USER, ""),
    ):
        with pytest.raises(InvalidInput, match="begin a new one"):
            await worker.go_on(company, user, state, move)


async def test_a_number_of_somebody_else_cannot_be_called(demo: Company) -> None:
    with pytest.raises(InvalidInput, match=r"\+12393334444 is not one of the company's"):
        try_it().ring(demo, USER, Caller("+12393334444"))
    with pytest.raises(InvalidInput, match="has no number yet"):
        try_it().ring(replace(demo, numbers=(), inactive_numbers=frozenset()), USER, Caller(""))


async def test_a_number_that_is_switched_off_may_be_called(demo: Company) -> None:
    off = replace(demo, numbers=(), inactive_numbers=frozenset({"+12395551212"}))
    tried = try_it().ring(off, USER, Caller("+12395551212"))
    assert tried.answered["outcome"] == "inactive"


async def test_a_moment_has_its_zone(demo: Company) -> None:
    with pytest.raises(InvalidInput, match="needs its zone"):
        try_it().ring(demo, USER, Caller(""), OPEN.replace(tzinfo=None))
