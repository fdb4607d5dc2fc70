"""Answers from a language model: spoken sentence by sentence, and nothing done before commit."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls import prompting, sentences
from clientsvia.calls.ear import Ear
from clientsvia.calls.guard.promises import Guard, Verdict
from clientsvia.calls.listening import read_back
from clientsvia.calls.ports import Act, Action, Part
from clientsvia.calls.prompt import ToolCall
from clientsvia.calls.route import someone
from clientsvia.companies.questions import hours_on

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable

    from clientsvia.calls.ports import Question
    from clientsvia.calls.prompt import Model, Prompt
    from clientsvia.companies.company import Company

LOOK_UPS_AT_MOST = 1
DAY_LENGTH = 100
ACTS = {prompting.TAKE_MESSAGE: Act.MESSAGE, prompting.END_CALL: Act.END}


class ModelResponder:
    """Answers what a model says, as far as the company's own data bear it out.

    ``name`` tells which model answers for a company; parts have it in their source.
    """

    def __init__(self, model: Model, name: Callable[[Company], str]) -> None:
        self._model = model
        self._name = name

    async def answer(self, question: Question) -> AsyncGenerator[Part, None]:
        """The answer's sentences as they are complete, then at most one action.

        A sentence that promises what the company's data do not hold is not spoken: the answer ends
        in a REQUEST. No parts at all when the model says nothing. Raises ProviderFailed.
        """
        source = f"model:{self._name(question.company)}"
        guard = Guard(question)
        if confirming := _read_back(question):
            yield Part(confirming, source)
        async with (
            aclosing(self._rounds(question, source, guard)) as parts,
            aclosing(guarded(parts, question, guard)) as spoken,
        ):
            async for part in spoken:
                yield part

    async def _rounds(
        self, question: Question, source: str, guard: Guard
    ) -> AsyncGenerator[Part, None]:
        """What the model says and wants; hours that were looked up go back to it once."""
        prompt = prompting.prompt_for(question)
        while True:
            asked: ToolCall | None = None
            async with aclosing(self._said(question.company, prompt)) as said:
                async for piece in said:
                    if isinstance(piece, ToolCall):
                        asked = piece
                        break
                    yield Part(piece, source)
            if asked is None:
                return
            if asked.name != prompting.LOOK_UP_HOURS:
                yield Part(source=source, action=_action(asked, question.company))
                return
            hours = hours_on(_day(asked), question.company, question.now)
            guard.learn_hours(hours)
            if len(prompt.results) >= LOOK_UPS_AT_MOST:
                for sentence in hours:
                    yield Part(sentence, "hours", 1.0)
                return
            prompt = _with_result(prompt, asked, hours)

    async def _said(self, company: Company, prompt: Prompt) -> AsyncGenerator[str | ToolCall, None]:
        """One request to the model: the sentences of what it says, and the tools it asks for."""
        ear, stream = Ear(company.agent.language), self._model.stream(company, prompt)
        try:
            async for piece in stream:
                for sentence in ear.finish() if isinstance(piece, ToolCall) else ear.hear(piece):
                    yield sentence
                if isinstance(piece, ToolCall):
                    yield piece
        finally:
            if isinstance(stream, AsyncGenerator):
                await stream.aclose()
        for sentence in ear.finish():
            yield sentence


async def guarded(
    parts: AsyncIterator[Part], question: Question, guard: Guard
) -> AsyncGenerator[Part, None]:
    """The parts a model's answer may keep; it ends where it promises what nothing bears out.

    A bare yes to what nobody can promise is left out; where nothing else follows it is a promise.
    """
    skipped, spoken = "", False
    async for part in parts:
        verdict = _verdict(guard, part)
        if verdict is Verdict.HUMAN:
            person = someone(question.company, question.now) is not None
            yield replace(part, text=sentences.nature(question.company, person=person))
            return
        if verdict is Verdict.PROMISE:
            yield Part(source=part.source, action=Action(Act.REQUEST, text=question.text))
            return
        if verdict is Verdict.SKIP:
            skipped = part.source
            continue
        spoken = True
        yield part
    if skipped and not spoken:
        yield Part(source=skipped, action=Action(Act.REQUEST, text=question.text))


def _read_back(question: Question) -> str:
    """What the caller said to a question for a number, an e-mail or a name, to be checked."""
    asked = question.earlier[-1].said if question.earlier else ""
    return read_back(asked, question.text) if asked else ""


def _verdict(guard: Guard, part: Part) -> Verdict:
    """What the exact hours say, and actions alone, need no judge."""
    return guard.judge(part.text) if part.text and part.source != "hours" else Verdict.SPEAK


def _action(asked: ToolCall, company: Company) -> Action:
    """What a tool call asks of the call; an id that is not on the company's list is a message."""
    if asked.name == prompting.TRANSFER:
        target = company.target(str(asked.arguments.get("target", "")))
        return Action(Act.TRANSFER, target.id) if target else Action(Act.MESSAGE)
    return Action(ACTS.get(asked.name, Act.MESSAGE))


def _day(asked: ToolCall) -> str:
    return str(asked.arguments.get("day", ""))[:DAY_LENGTH]


def _with_result(prompt: Prompt, asked: ToolCall, hours: Iterable[str]) -> Prompt:
    result = prompting.cleaned(" ".join(hours), prompting.TEXT_LENGTH)
    return replace(prompt, results=(*prompt.results, (asked, result)))
