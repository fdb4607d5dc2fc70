"""Answers made while the caller still speaks, used only when the final words mean the same."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING

import orjson
import structlog

from clientsvia.calls import deadline
from clientsvia.calls.answering import whole
from clientsvia.calls.intents import Intent, intent_of
from clientsvia.calls.ports import Answer
from clientsvia.calls.words import words

if TYPE_CHECKING:
    from clientsvia.calls.ports import PreparedAnswers, Question, Responder
    from clientsvia.companies.company import Company

log = structlog.get_logger(__name__)

TURNS_REMEMBERED = 10_000  # newest partial of each turn; a call needs one at a time


class Speculation:
    """Prepares answers to partial results and finds them again for the final one.

    Two utterances mean the same when they are equal but for case, punctuation and fillers. The
    company's revision is part of the key: what was made under older settings is never found.
    """

    def __init__(self, responder: Responder, prepared: PreparedAnswers) -> None:
        self._responder = responder
        self._prepared = prepared
        self._newest: OrderedDict[tuple[str, str, int], int] = OrderedDict()

    async def hear(self, call_sid: str, turn: int, sequence: int, question: Question) -> bool:
        """Prepare for a partial result; False when it is stale, said before, or needs no answer."""
        if not self._is_newest((question.company.slug, call_sid, turn), sequence):
            return False
        if intent_of(question.text) is not Intent.QUESTION or not words(question.text):
            return False
        key = _key(call_sid, turn, question.company, question.text)
        try:
            async with asyncio.timeout(deadline.MEMORY):
                claimed = await self._prepared.claim(key)
        except Exception as error:  # noqa: BLE001 - without a store there is no preparing, no more
            log.info("nothing can be prepared", call=call_sid, error=repr(error))
            return False
        if claimed:
            await self._make(key, question)
        return claimed

    async def answer(self, call_sid: str, turn: int, question: Question) -> tuple[Answer, bool]:
        """The answer to the final words, and whether it was prepared; joins one being made."""
        key = _key(call_sid, turn, question.company, question.text)
        try:
            parts = [part async for part in self._prepared.parts(key, deadline.JOIN)]
            return _load("".join(parts)), True
        except (KeyError, TimeoutError):
            log.debug("nothing was prepared", call=call_sid)
        except Exception as error:  # noqa: BLE001 - what the store cannot give is made anew
            log.info("what was prepared cannot be had", call=call_sid, error=repr(error))
        return await whole(self._responder.answer(question)), False

    async def _make(self, key: str, question: Question) -> None:
        try:
            async with asyncio.timeout(deadline.ANSWER):
                answer = await whole(self._responder.answer(question))
            await self._prepared.publish(key, orjson.dumps(asdict(answer)).decode(), last=True)
        except Exception as error:  # noqa: BLE001 - a preparation owes nobody anything
            log.info("a preparation failed", company=question.company.slug, error=repr(error))
            with suppress(Exception):
                await self._prepared.discard(key)

    def _is_newest(self, turn: tuple[str, str, int], sequence: int) -> bool:
        if self._newest.get(turn, -1) >= sequence:
            return False
        self._newest[turn] = sequence
        self._newest.move_to_end(turn)
        if len(self._newest) > TURNS_REMEMBERED:
            self._newest.popitem(last=False)
        return True


def _key(call_sid: str, turn: int, company: Company, text: str) -> str:
    return f"{company.slug}:{company.revision}:{call_sid}:{turn}:{' '.join(words(text))}"


def _load(text: str) -> Answer:
    fields = orjson.loads(text)
    return Answer(tuple(fields["sentences"]), fields["source"], fields["score"])
