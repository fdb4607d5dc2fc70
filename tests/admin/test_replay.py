from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from clientsvia.admin import replay as module
from clientsvia.admin.replay import as_data, replay
from clientsvia.admin.try_it import Act
from clientsvia.calls import deadline
from clientsvia.calls.ports import LogEntry, LoggedCall, LoggedTurn, Part
from clientsvia.companies.knowledge import Knowledge
from clientsvia.companies.routing import AfterHours, AfterHoursPolicy, Ring
from tests.admin.trying import Page, player, try_it
from tests.calls.calling import CALLED, CALLER
from tests.calls.people import CREW, DESK, ERIN, SAM
from tests.calls.responding import Scripted
from tests.conftest import CLOSED, OPEN, SUSPENDED

if TYPE_CHECKING:
    import pytest

    from clientsvia.admin.try_it import Tried
    from clientsvia.companies.company import Company

MESSAGES = AfterHours(AfterHoursPolicy.MESSAGE, None)


def logged(page: Page) -> LoggedCall:
    """The call of a page as the log would have it, had somebody made it."""
    first, *later = page.steps
    ringing = {**first.answered, "next": first.answered["next"]["type"], "stages": first.stages}
    turns: list[LoggedTurn] = []
    for number, step in enumerate(later, 1):
        for whisper in step.whispers:
            turns += whispered(number, whisper["target"], step)
        kind = step.event["type"]
        turn = len([one for one in later[:number] if one.event["type"] != "Continued"])
        turns.append(
            LoggedTurn(f"{turn}:{kind}", turn, step.at, step.event, step.answered, step.stages)
        )
    entries = (LogEntry("CA1", "demo", "ringing", first.at, ringing),)
    call = LoggedCall("CA1", "demo", CALLER, CALLED, first.at, None, "completed", "answered")
    return replace(call, turns=tuple(turns), entries=entries)


def whispered(number: int, target: str, step: Tried) -> list[LoggedTurn]:
    """What the log keeps of somebody who answered, and pressed 1 if the two were connected."""
    told = ["answered", "pressed 1"] if step.answered["outcome"] == "transferred" else ["answered"]
    return [
        LoggedTurn(
            f"{number}:whisper:{target}",
            number,
            step.at,
            {"type": "Whispered", "target": target, "status": status},
            {"said": [], "source": f"target:{target}", "why": status, "outcome": ""},
            {},
        )
        for status in told
    ]


async def a_call(company: Company, *words: str) -> Page:
    page = Page(company)
    page.ring()
    for text in words:
        await page.say(text)
    return page


async def test_a_call_goes_as_it_went_when_nothing_was_changed(demo: Company) -> None:
    page = await a_call(demo, "how can I pay?", "a riddle", "I want to speak to a person")
    await page.do(Act.TALKED)
    again = await replay(player(), demo, logged(page))
    assert again.same
    assert again.at == OPEN
    assert [pair.event["type"] for pair in again.pairs] == [
        "Ringing",
        "Heard",
        "Heard",
        "Heard",
        "DialEnded",
    ]
    assert again.pairs[-1].now.outcome == "transferred"
    assert all(pair.now.stages["render"] > 0 for pair in again.pairs)
    assert again.pairs[1].then is not None
    assert again.pairs[1].then.stages == page.steps[1].stages


async def test_what_somebody_pressed_who_was_rung_decides_again(demo: Company) -> None:
    page = await a_call(demo, "I want to speak to a person")
    await page.do(Act.VOICEMAIL)
    again = await replay(player(), demo, logged(page))
    assert again.same
    assert "voicemail" in again.pairs[-1].now.why


async def test_another_answer_is_told_beside_the_one_then(demo: Company) -> None:
    page = await a_call(demo, "how can I pay?", "are you open on Monday?")
    knowing_nothing = replace(demo, knowledge=Knowledge([]))
    again = await replay(player(), knowing_nothing, logged(page))
    assert [pair.differences for pair in again.pairs] == [(), ("said", "source"), ()]
    assert again.pairs[1].now.source == "unknown"
    assert not again.same


async def test_another_greeting_is_told(demo: Company) -> None:
    again = await replay(player(), replace(demo, greeting="Hi."), logged(await a_call(demo)))
    assert again.pairs[0].differences == ("said",)


async def test_a_call_may_be_played_as_if_it_came_in_at_another_moment(demo: Company) -> None:
    closing = replace(demo, after_hours=MESSAGES)
    call = logged(await a_call(closing, "how can I pay?"))
    assert (await replay(player(), closing, call)).same
    again = await replay(player(), closing, call, CLOSED)
    assert again.at == CLOSED
    assert again.pairs[0].differences[-1] == "next"
    assert again.parted == "the call records now, where then came Heard"


async def test_it_ends_where_the_call_is_over_now(demo: Company) -> None:
    page = await a_call(demo, "how can I pay?")
    closed = replace(demo, account=SUSPENDED)
    again = await replay(player(), closed, logged(page))
    assert again.parted == "the call is over now, where then came Heard"
    assert len(again.pairs) == 1


async def test_it_ends_where_others_are_rung_now(demo: Company) -> None:
    crew = replace(demo, targets=(replace(CREW, ring=Ring.TOGETHER), ERIN, SAM, DESK))
    page = await a_call(crew, "I want to speak to a person")
    await page.do(Act.TALKED, "sam")
    assert (await replay(player(), crew, logged(page))).same
    smaller = replace(demo, targets=(replace(CREW, members=("erin",)), ERIN, SAM, DESK))
    again = await replay(player(), smaller, logged(page))
    assert again.pairs[-1].differences[-1] == "rung"
    assert again.parted == "now erin is rung, and nobody knows who would answer"


async def test_it_ends_where_something_failed_then(demo: Company) -> None:
    call = logged(await a_call(demo, "how can I pay?"))
    failure = replace(call.turns[0], turn=2, event={"type": "Failed", "reason": "KeyError"})
    again = await replay(player(), demo, replace(call, turns=(*call.turns, failure)))
    assert again.parted == "then something failed: KeyError"


async def test_an_answer_that_came_in_parts_is_one(
    demo: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "FIRST", 0.0)
    parts = Part("We fix roofs.", "model:test"), Part("And drains.", "model:test")
    page = Page(demo, try_it(Scripted(*parts, pace=0.02)))
    page.ring()
    await page.say("do you fix roofs?")
    while Act.WAIT in page.last.moves:
        await page.do(Act.WAIT)
    assert len(page.steps) > 2
    again = await replay(player(Scripted(*parts, pace=0.02)), demo, logged(page))
    assert again.pairs[1].now.said == ("We fix roofs.", "And drains.")
    assert again.same, again.pairs


async def test_a_second_answer_to_the_same_turn_is_not_played(demo: Company) -> None:
    call = logged(await a_call(demo, "how can I pay?"))
    again = await replay(player(), demo, replace(call, turns=call.turns * 2))
    assert len(again.pairs) == 2


async def test_a_call_whose_beginning_was_not_logged_is_played_all_the_same(demo: Company) -> None:
    call = replace(logged(await a_call(demo, "how can I pay?")), entries=())
    again = await replay(player(), demo, call)
    assert again.pairs[0].then is None
    assert again.same


async def test_what_another_release_logged_is_played(demo: Company) -> None:
    call = logged(await a_call(demo, "how can I pay?"))
    odd: dict[str, Any] = {**call.turns[0].event, "mood": "curious"}
    later = replace(call.turns[0], turn=7, event={"type": "Transcribed", "text": "hm"})
    again = await replay(
        player(), demo, replace(call, turns=(replace(call.turns[0], event=odd), later))
    )
    assert again.same


async def test_answers_that_take_too_long_together_end_it(
    demo: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SECONDS_AT_MOST", -1.0)
    again = await replay(player(), demo, logged(await a_call(demo, "how can I pay?")))
    assert "the rest is not played" in again.parted


async def test_each_event_comes_at_its_own_moment(demo: Company) -> None:
    call = logged(await a_call(demo, "are you open now?"))
    late = replace(call.turns[0], at=call.started_at + timedelta(hours=9))
    lasting = replace(demo, limits=replace(demo.limits, call_seconds=100_000))
    again = await replay(player(), lasting, replace(call, turns=(late,)))
    assert again.pairs[1].differences == ("said",)


async def test_data_has_every_pair_with_its_differences(demo: Company) -> None:
    again = await replay(player(), replace(demo, greeting="Hi."), logged(await a_call(demo)))
    data = as_data(again)
    assert data["same"] is False
    assert [pair["differences"] for pair in data["pairs"]] == [("said",)]
