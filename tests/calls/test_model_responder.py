"""Answers from a model: what it says as it says it, and what it wants done when committed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.model_responder import ModelResponder
from clientsvia.calls.ports import Act, Action, Earlier, Part, Question
from clientsvia.calls.prompt import ToolCall
from clientsvia.errors import ProviderTimeout
from tests.conftest import OPEN

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from clientsvia.calls.prompt import Prompt
    from clientsvia.companies.company import Company

SOURCE = "model:small"


class Scripted:
    """A model that says what each round of its script holds; an exception is raised."""

    def __init__(self, *rounds: list[str | ToolCall | Exception]) -> None:
        self.rounds = list(rounds)
        self.prompts: list[Prompt] = []
        self.closed = 0

    async def stream(self, _company: Company, prompt: Prompt) -> AsyncIterator[str | ToolCall]:
        self.prompts.append(prompt)
        try:
            for piece in self.rounds.pop(0):
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            self.closed += 1


async def answered(
    model: Scripted, company: Company, text: str = "how much is a visit"
) -> list[Part]:
    responder = ModelResponder(model, lambda _company: "small")
    return [part async for part in responder.answer(Question(company, text, OPEN))]


async def test_pieces_become_sentences_of_the_model(demo: Company) -> None:
    model = Scripted(["A vis", "it costs $8", "9. It co", "mes off the bill.", " Anything else?"])
    assert await answered(model, demo) == [
        Part("A visit costs 89 dollars.", SOURCE),
        Part("It comes off the bill.", SOURCE),
        Part("Anything else?", SOURCE),
    ]


@pytest.mark.parametrize("pieces", [[], [""], ["  \n "], ["***"]])
async def test_a_model_that_says_nothing_has_no_parts(
    demo: Company, pieces: list[str | ToolCall | Exception]
) -> None:
    assert await answered(Scripted(pieces), demo) == []


@pytest.mark.parametrize(
    ("call", "action"),
    [
        (ToolCall("transfer", {"target": "office"}), Action(Act.TRANSFER, "office")),
        (ToolCall("transfer", {"target": "+19005550100"}), Action(Act.MESSAGE)),
        (ToolCall("transfer", {"target": ["office"]}), Action(Act.MESSAGE)),
        (ToolCall("transfer", {}), Action(Act.MESSAGE)),
        (ToolCall("take_message", {}), Action(Act.MESSAGE)),
        (ToolCall("end_call", {}), Action(Act.END)),
        (ToolCall("dial", {"number": "+19005550100"}), Action(Act.MESSAGE)),
    ],
)
async def test_a_tool_is_an_action_and_the_end_of_the_answer(
    demo: Company, call: ToolCall, action: Action
) -> None:
    model = Scripted(["One moment", call, "and more"])
    assert await answered(model, demo) == [
        Part("One moment.", SOURCE),
        Part(source=SOURCE, action=action),
    ]
    assert model.closed == 1


async def test_hours_that_are_looked_up_go_back_to_the_model_once(demo: Company) -> None:
    asked = ToolCall("look_up_hours", {"day": "December 24"})
    model = Scripted([asked], ["We're open on December 24 from 8 AM to noon."])
    parts = await answered(model, demo, "are you there on Christmas Eve")
    assert [part.text for part in parts] == ["We're open on December 24 from 8 AM to noon."]
    (result,) = model.prompts[1].results
    assert result[0] is asked
    assert "8 AM to noon" in result[1]
    assert model.prompts[0].results == ()


async def test_a_model_that_asks_for_hours_again_gets_no_third_round(demo: Company) -> None:
    asked = ToolCall("look_up_hours", {"day": "Sunday"})
    parts = await answered(Scripted([asked], [asked]), demo)
    assert parts == [
        Part("We're closed on Sunday.", "hours", 1.0),
        Part("We open again at 8 AM on Monday.", "hours", 1.0),
    ]


@pytest.mark.parametrize("day", ["", "x" * 10_000, "the 30th of February", 7, None])
async def test_whatever_day_is_asked_for_is_answered(demo: Company, day: object) -> None:
    asked = ToolCall("look_up_hours", {"day": day})
    assert await answered(Scripted([asked], [asked]), demo)


async def test_a_promise_is_not_spoken_but_left_as_a_request(demo: Company) -> None:
    model = Scripted(["Sure. You're booked for Tuesday at three. ", "See you then!"])
    text = "can you come on Tuesday at three"
    assert await answered(model, demo, text) == [
        Part(source=SOURCE, action=Action(Act.REQUEST, text=text))
    ]
    assert model.closed == 1


async def test_what_was_said_before_a_promise_stays(demo: Company) -> None:
    model = Scripted(["A visit costs 89 dollars. I'll send somebody today."])
    parts = await answered(model, demo)
    assert [part.text for part in parts] == ["A visit costs 89 dollars.", ""]
    assert parts[1].action == Action(Act.REQUEST, text="how much is a visit")


async def test_a_bare_yes_to_what_nobody_can_promise_is_a_request(demo: Company) -> None:
    parts = await answered(Scripted(["Yes, of course!"]), demo, "can you send somebody at three")
    assert [part.action and part.action.act for part in parts] == [Act.REQUEST]


async def test_who_claims_to_be_human_is_corrected(demo: Company) -> None:
    parts = await answered(Scripted(["I'm a real person. How are you?"]), demo, "who is it")
    assert len(parts) == 1
    assert "automated assistant" in parts[0].text


async def test_a_failure_is_the_callers_to_handle_after_what_was_said(demo: Company) -> None:
    model = Scripted(["A visit costs 89 dollars. It ", ProviderTimeout("stalled", "wait")])
    responder = ModelResponder(model, lambda _company: "small")
    answer = responder.answer(Question(demo, "how much is a visit", OPEN))
    assert (await anext(answer)).text == "A visit costs 89 dollars."
    with pytest.raises(ProviderTimeout):
        await anext(answer)


async def test_who_stops_listening_stops_the_model(demo: Company) -> None:
    model = Scripted(["A visit costs 89 dollars. ", "It comes off the bill. ", "Bye."])
    answer = ModelResponder(model, lambda _company: "small").answer(
        Question(demo, "how much is a visit", OPEN)
    )
    async for _ in answer:
        break
    await answer.aclose()
    assert model.closed == 1


async def test_a_number_that_was_asked_for_is_read_back_before_the_model_speaks(
    demo: Company,
) -> None:
    model = Scripted(["Is that right?"])
    earlier = (Earlier("call me back", "Sure. What's the best number to reach you?"),)
    question = Question(demo, "239 555 0142", OPEN, earlier)
    answer = ModelResponder(model, lambda _company: "small").answer(question)
    said = [part.text async for part in answer]
    assert said == ["I have 2 3 9, 5 5 5, 0 1 4 2.", "Is that right?"]
    assert "I have 2 3 9, 5 5 5, 0 1 4 2." in model.prompts[0].context


async def test_a_model_may_repeat_a_number_it_was_given_and_no_other(demo: Company) -> None:
    text = "please call me at 239 555 0142"
    parts = await answered(Scripted(["You said 239-555-0142, right?"]), demo, text)
    assert [part.text for part in parts] == ["You said 2 3 9, 5 5 5, 0 1 4 2, right?"]
    parts = await answered(Scripted(["You said 239-555-0143, right?"]), demo, text)
    assert [part.action and part.action.act for part in parts] == [Act.REQUEST]
