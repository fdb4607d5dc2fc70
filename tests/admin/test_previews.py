from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.previews import (
    LISTEN_LENGTH,
    RUNNERS_UP,
    greeting,
    listen,
    what_would_be_answered,
)
from clientsvia.companies.routing import AfterHours, AfterHoursPolicy
from clientsvia.errors import InvalidInput, ProviderFailed
from clientsvia.providers.knowledge import KnowledgeResponder
from clientsvia.providers.say import SaySpeech
from tests.calls.calling import CALLER, knowing
from tests.calls.responding import Scripted, Voice
from tests.conftest import CLOSED, OPEN

if TYPE_CHECKING:
    from clientsvia.admin.previews import Found
    from clientsvia.calls.ports import Responder
    from clientsvia.companies.company import Company

OWN = KnowledgeResponder()


async def answered(company: Company, question: str, responder: Responder = OWN) -> Found:
    return await what_would_be_answered(company, question, OPEN, OWN, responder)


def test_a_greeting_is_previewed_with_its_disclosure(demo: Company) -> None:
    shown = greeting(replace(demo, disclosure="This call is recorded."), OPEN)
    assert "This call is recorded." in shown.said
    assert (shown.next, shown.source) == ("Listen", "greeting")


def test_a_greeting_depends_on_the_caller(demo: Company) -> None:
    assert greeting(knowing(demo), OPEN, caller=CALLER).said[0] == "Hello Jo."
    assert greeting(knowing(demo), OPEN, caller="(239) 333-4444").said[0] == "Hello Jo."
    assert greeting(knowing(demo), OPEN, caller="anonymous").said[0] != "Hello Jo."
    unverified = greeting(knowing(demo), OPEN, caller=CALLER, unverified=True)
    assert unverified.said[0] != "Hello Jo."


def test_a_greeting_depends_on_the_hour(demo: Company) -> None:
    closing = replace(demo, after_hours=AfterHours(AfterHoursPolicy.MESSAGE, None))
    assert greeting(closing, OPEN).next == "Listen"
    assert greeting(closing, CLOSED).next == "Record"
    assert greeting(closing, CLOSED).at.hour == 22


def test_a_number_that_is_switched_off_takes_no_calls(demo: Company) -> None:
    off = replace(demo, inactive_numbers=frozenset({"+12395551299"}))
    assert greeting(off, OPEN, number="+12395551299").next == "HangUp"


async def test_an_answer_from_knowledge_is_shown_with_its_runners_up(demo: Company) -> None:
    found = await answered(demo, "how  can I pay for a visit?")
    assert found.question == "how can I pay for a visit?"
    assert found.answer.source == f"knowledge:{found.matches[0].entry.id}"
    assert 1 < len(found.matches) <= RUNNERS_UP
    scores = [match.score for match in found.matches]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] >= found.threshold == demo.ai.threshold
    assert not found.asks_model


async def test_hours_and_address_come_before_knowledge(demo: Company) -> None:
    assert (await answered(demo, "are you open on Saturday?")).answer.source == "hours"
    assert (await answered(demo, "where are you located?")).answer.source == "address"


async def test_what_is_below_the_threshold_is_unknown_and_shown(demo: Company) -> None:
    strict = replace(demo, ai=replace(demo.ai, threshold=1.0))
    found = await answered(strict, "how can I pay for a whole new bathroom?")
    assert not found.answer.known
    assert found.matches[0].score < found.threshold


async def test_it_is_told_whether_a_model_is_asked_first(demo: Company) -> None:
    responder = Scripted()
    assert (await answered(demo, "how can I pay?", responder)).asks_model
    assert responder.asked == []


async def test_no_question_is_refused(demo: Company) -> None:
    with pytest.raises(InvalidInput, match="write what a caller might ask"):
        await answered(demo, " ")


async def test_a_text_is_heard_in_the_companys_voice(demo: Company) -> None:
    voice = Voice()
    assert await listen(demo, " Good\nmorning. ", voice) == "demo-Good morning."
    assert voice.spoken == ["Good morning."]


async def test_where_twilio_speaks_there_is_no_clip(demo: Company) -> None:
    assert await listen(demo, "Good morning.", SaySpeech()) == ""


@pytest.mark.parametrize(("text", "match"), [("", "write a sentence"), ("?!", "write a sentence")])
async def test_nothing_to_say_is_refused(demo: Company, text: str, match: str) -> None:
    with pytest.raises(InvalidInput, match=match):
        await listen(demo, text, Voice())


async def test_a_long_text_is_not_paid_for(demo: Company) -> None:
    voice = Voice()
    with pytest.raises(InvalidInput, match=f"at most {LISTEN_LENGTH}"):
        await listen(demo, "a" * (LISTEN_LENGTH + 1), voice)
    assert voice.spoken == []


async def test_what_keeps_a_voice_from_speaking_is_told(demo: Company) -> None:
    with pytest.raises(ProviderFailed, match="planted"):
        await listen(demo, "Good morning.", Voice(fails=True))
