"""What callers would hear, before anybody calls: a greeting, an answer, a voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.explain import decided_for
from clientsvia.calls.parts import whole
from clientsvia.calls.ports import Question
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.ports import Answer, Responder, Speech
    from clientsvia.companies.company import Company
    from clientsvia.companies.knowledge import Match

LISTEN_LENGTH = 500  # characters: a greeting with its disclosure has half of that, and each costs
LISTEN_SECONDS = 15.0  # somebody waits for the page
QUESTION_LENGTH = 500
RUNNERS_UP = 5


@dataclass(frozen=True, slots=True)
class Greeting:
    """What a caller hears first, and what follows: ``next`` names it (Listen, Connect, …)."""

    said: tuple[str, ...]
    next: str
    source: str
    why: str
    at: datetime


def greeting(
    company: Company, at: datetime, *, number: str = "", caller: str = "", unverified: bool = False
) -> Greeting:
    """What is spoken when ``caller`` rings at an aware moment; ``at`` is on the company's clock.

    Without a number called it is the company's first. It is the flow's own decision, with the
    disclosure, the caller's name and the hours' policy in it. Nothing has to be saved: compile the
    profile that is being edited.
    """
    called = number or next(iter(company.numbers), "")
    decision = decided_for(company, called, at, caller, unverified=unverified)
    reply = decision.reply
    following = type(reply.next).__name__
    return Greeting(reply.say, following, decision.source, decision.why, company.hours.local(at))


@dataclass(frozen=True, slots=True)
class Found:
    """What a question would be answered from.

    ``answer`` is that of the company's own data: its source is ``hours``, ``address``,
    ``knowledge:ID`` or ``unknown``. ``matches`` are the entries that know a word of the question,
    the best first, whether or not they reach the ``threshold``. ``asks_model`` when a model is
    asked first, and this is what stands in for it.
    """

    question: str
    answer: Answer
    matches: tuple[Match, ...]
    threshold: float
    asks_model: bool


async def what_would_be_answered(
    company: Company, question: str, at: datetime, own_data: Responder, responder: Responder
) -> Found:
    """Where the answer to a question comes from, at an aware moment; costs nothing.

    ``own_data`` answers from the company's own data alone, ``responder`` is who answers calls.
    Raises InvalidInput for no question.
    """
    text = " ".join(question.split())[:QUESTION_LENGTH]
    if not text:
        raise InvalidInput("there is no question: write what a caller might ask")
    return Found(
        text,
        await whole(own_data.answer(Question(company, text, at))),
        tuple(company.knowledge.matches(text, RUNNERS_UP)),
        company.ai.threshold,
        not responder.instant(company),
    )


async def listen(company: Company, text: str, speech: Speech) -> str:
    """The name of a clip that says ``text`` in the company's voice; empty where Twilio speaks.

    It is made and kept like any other clip, and counts towards the month's cap. Raises
    InvalidInput for a text that is empty or too long, ProviderFailed when there is no sound.
    """
    sentence = " ".join(text.split())
    if not any(map(str.isalnum, sentence)):
        raise InvalidInput("there is nothing to say: write a sentence")
    if len(sentence) > LISTEN_LENGTH:
        raise InvalidInput(
            f"a text of {len(sentence)} characters: listen to at most {LISTEN_LENGTH}"
        )
    return await speech.speak(company, sentence, patience=LISTEN_SECONDS)
