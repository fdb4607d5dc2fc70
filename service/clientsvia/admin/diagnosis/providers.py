"""Whether a company's model and voice answer with its keys: each asked by itself, here and now."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from time import perf_counter
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis.checks import Check, Trouble
from clientsvia.admin.diagnosis.failures import failed
from clientsvia.calls.ports import Question

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from datetime import datetime

    from clientsvia.calls.ports import Part, Speech
    from clientsvia.calls.responders import Answering
    from clientsvia.companies.company import Company

MODEL_SECONDS = 10.0
VOICE_SECONDS = 10.0
PROBE_QUESTION = "What can you do for me?"


async def check_model(company: Company, name: str, responder: Answering, now: datetime) -> Check:
    """A short question to one responder alone, of which the first sentence is waited for.

    ``name`` is that of the profile's ``ai.responder`` and ``ai.fallbacks``.
    """
    what = f"{company.slug}, {name} alone"
    begun = perf_counter()
    try:
        async with asyncio.timeout(MODEL_SECONDS):
            part = await _first(responder, Question(company, PROBE_QUESTION, now))
    except Exception as error:  # noqa: BLE001 - whatever breaks a provider is what is asked for
        return failed(what, error, MODEL_SECONDS)
    if part is None:
        remedy = "choose another ai.model, or a greater ai.length, in its profile"
        return Check(Trouble.AI, what, f"it says nothing to {PROBE_QUESTION!r}", remedy)
    milliseconds = (perf_counter() - begun) * 1000
    model = part.source.removeprefix("model:")
    found = f"{model} answers, its first sentence in {milliseconds:.0f} ms"
    return Check(Trouble.AI, what, found)


async def _first(responder: Answering, question: Question) -> Part | None:
    """The first part; the rest is not waited for, and need not be paid for."""
    parts: AsyncGenerator[Part, None] = responder.answer(question)  # type: ignore[assignment]
    async with aclosing(parts):
        return await anext(parts, None)


async def check_voice(company: Company, speech: Speech, now: datetime) -> Check:
    """A sentence that was never said before, for one that was is not made again."""
    what = f"{company.slug}, voice"
    begun = perf_counter()
    try:
        clip = await speech.speak(
            company, f"It is {now:%H:%M:%S}, {now.microsecond}.", patience=VOICE_SECONDS
        )
    except Exception as error:  # noqa: BLE001 - as in check_model
        return failed(what, error, VOICE_SECONDS)
    if not clip:
        found = "no clip is made, so that Twilio speaks"
        remedy = "see whether its spending cap is reached, and the space for clips"
        return Check(Trouble.AI, what, found, remedy)
    milliseconds = (perf_counter() - begun) * 1000
    return Check(Trouble.AI, what, f"a clip is made in {milliseconds:.0f} ms")
