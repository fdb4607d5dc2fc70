"""A caller in real time: partial results while speaking, the final, and the wait for an answer."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Sequence

    import aiohttp

    from clientsvia.rehearsal.recogniser import Partial, Turn

PAUSE_S = 1.0  # between an answer and the next words: nobody answers at once
REDIRECTS = 20
WAITING = re.compile(r"[?&]call=[^&]*\.[0-9a-f]+-0-\d+\.")
"""The state of a call whose caller has heard nothing of the answer yet, but a filler."""


class Unusable(Exception):
    """An answer that Twilio could not use."""


@dataclass(frozen=True, slots=True)
class Waited:
    """One turn: seconds until TwiML had the answer's first sentence, and whether a filler came."""

    seconds: float
    filler: bool
    longest: float


class Caller:
    """Holds one call, and says one turn after another."""

    def __init__(
        self, session: aiohttp.ClientSession, voice: str, call_sid: str, caller: str
    ) -> None:
        self._session = session
        self._voice = voice
        self._sid = call_sid
        self._parameters = {
            "CallSid": call_sid,
            "AccountSid": "AC" + "0" * 32,
            "Called": "+12395551212",
            "Caller": caller,
            "CallStatus": "in-progress",
        }
        self._document = ET.Element("Response")
        self._calls = 0

    async def call(self) -> None:
        """Dial anew, and hear the greeting."""
        self._calls += 1
        self._parameters["CallSid"] = f"{self._sid}{self._calls:04}"
        self._document = await self._post(self._voice, {})

    async def say(self, turn: Turn) -> Waited | None:
        """Speak, and wait for the answer; None when the call does not listen any more."""
        gather = self._document.find("Gather")
        if gather is None:
            return None
        partial_url, action = gather.get("partialResultCallback", ""), gather.get("action", "")
        began = time.monotonic()
        sending = [
            asyncio.create_task(self._partial(began, partial_url, partial))
            for partial in turn.partials
        ]
        await asyncio.sleep(began + turn.final_at - time.monotonic())
        waited = await self._answered(action, turn.final)
        await asyncio.gather(*sending)
        await self._hear_out()
        await asyncio.sleep(PAUSE_S)
        return waited

    async def hang_up(self) -> None:
        """End the call."""
        status = self._voice.replace("/voice", "/status")
        form = self._parameters | {"CallStatus": "completed", "CallDuration": "60"}
        async with self._session.post(status, data=form):
            pass

    async def _partial(self, began: float, url: str, partial: Partial) -> None:
        await asyncio.sleep(began + partial.at - time.monotonic())
        form = {
            "UnstableSpeechResult": partial.text,
            "StableSpeechResult": "",
            "SequenceNumber": str(partial.sequence),
        }
        async with self._session.post(url, data=self._parameters | form) as answer:
            await answer.read()

    async def _answered(self, action: str, final: str) -> Waited:
        """Follow fillers to the first sentence of the answer, without hearing them out."""
        asked = time.monotonic()
        form = {"SpeechResult": final, "Confidence": "0.93"}
        document, longest, filler = await self._post(action, form), 0.0, False
        longest = time.monotonic() - asked
        while (redirect := redirected(document)) and WAITING.search(redirect):
            filler, sent = True, time.monotonic()
            document = await self._post(redirect, {})
            longest = max(longest, time.monotonic() - sent)
        self._document = document
        return Waited(time.monotonic() - asked, filler, longest)

    async def _hear_out(self) -> None:
        """The rest of the answer, each part when the one before has been heard."""
        for _ in range(REDIRECTS):
            redirect = redirected(self._document)
            if not redirect:
                return
            await asyncio.sleep(PAUSE_S)
            self._document = await self._post(redirect, {})
        raise Unusable("an answer that never ends")

    async def _post(self, url: str, form: dict[str, str]) -> ET.Element:
        async with self._session.post(url, data=self._parameters | form) as answer:
            body = await answer.read()
            kind = answer.headers.get("Content-Type", "")
            if answer.status != 200 or not kind.startswith("text/xml"):
                raise Unusable(f"{answer.status} {kind} from {url}: {body[:200]!r}")
        return ET.fromstring(body)  # noqa: S314 - the service's own document


def redirected(document: ET.Element) -> str:
    """Where a document without a question leads; empty when it listens, records or ends."""
    if any(document.find(verb) is not None for verb in ("Gather", "Record", "Dial", "Hangup")):
        return ""
    found = document.find("Redirect")
    return (found.text or "") if found is not None else ""


def shares(turns: Sequence[Turn], callers: int) -> list[list[Turn]]:
    """The turns dealt out to so many callers."""
    return [list(turns[number::callers]) for number in range(callers)]
