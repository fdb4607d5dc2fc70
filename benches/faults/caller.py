"""A caller who asks, follows fillers and the rest of answers to the end, and asks again."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import aiohttp

from benches.faults.documents import Document, read
from benches.standin.audio import about

if TYPE_CHECKING:
    from benches.faults.place import Firm
    from benches.faults.questions import Asked

BETWEEN_S = 0.12  # partial results; a real caller takes three times that
AT_MOST = 12  # documents of one turn
GIVE_UP_S = 15.0  # as Twilio does
TURNS = 8  # of a call, then a new one


@dataclass(frozen=True, slots=True)
class Clip:
    """A sound as the caller fetched it: what is the matter with it, its text, and whose key."""

    wrong: str = ""
    text: str = ""
    key: str = ""


@dataclass(slots=True)
class Turn:
    """All that came of one question."""

    asked: Asked
    firm: Firm
    documents: list[Document] = field(default_factory=list)
    clips: dict[str, Clip] = field(default_factory=dict)
    greeted: bool = False

    def heard(self, document: Document) -> list[str]:
        """The sentences of a document, from clips too; a clip that is none says nothing."""
        said = (self.clips[what].text if kind == "Play" else what for kind, what in document.spoken)
        return [sentence for sentence in said if sentence]


class Sounds:
    """Fetches each clip when it is first heard."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session
        self._known: dict[str, Clip] = {}

    async def fetch(self, url: str) -> Clip:
        """What is in a clip, which must be there for every worker to serve."""
        if url not in self._known:
            self._known[url] = await self._fetched(url)
        return self._known[url]

    async def _fetched(self, url: str) -> Clip:
        try:
            async with self._session.get(url) as answer:
                sound = await answer.read()
                if answer.status != 200:
                    return Clip(f"a clip with HTTP {answer.status}")
                told = about(sound)
                return Clip("", told["text"], told["key"])
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            return Clip(f"a clip that is none: {error!r}")


class Caller:
    """Calls one company, again and again."""

    def __init__(
        self, session: aiohttp.ClientSession, sounds: Sounds, voice: str, firm: Firm, number: int
    ) -> None:
        self._session = session
        self._sounds = sounds
        self._voice = voice
        self._firm = firm
        self._number = number
        self._calls = 0
        self._left = 0
        self._gather = Document(0.0, ())
        self._form: dict[str, str] = {}

    async def ask(self, asked: Asked) -> Turn:
        """One turn, on the call under way where it still listens."""
        turn = Turn(asked, self._firm)
        if self._gather.end != "Gather" or not self._left:
            await self._dial(turn)
        self._left -= 1
        if self._gather.end == "Gather":
            await self._speak(turn)
        return turn

    async def _dial(self, turn: Turn) -> None:
        await self.hang_up()
        self._calls += 1
        self._left = TURNS
        self._form = {
            "CallSid": f"CA{self._number:024x}{self._calls:08x}",
            "AccountSid": "AC" + "0" * 32,
            "Called": self._firm.number,
            "Caller": f"+1305{2000000 + self._number}",
            "CallStatus": "in-progress",
        }
        turn.greeted = True
        self._gather = await self._post(turn, self._voice, {})

    async def hang_up(self) -> None:
        """End the call under way."""
        if self._form:
            url = self._voice.replace("/voice", "/status")
            form = self._form | {"CallStatus": "completed", "CallDuration": "60"}
            async with self._session.post(url, data=form) as answer:
                await answer.read()
            self._form = {}

    async def _speak(self, turn: Turn) -> None:
        gather = self._gather
        sending = [
            asyncio.create_task(self._partial(number, gather.partial, text))
            for number, text in enumerate(turn.asked.partials())
        ]
        # The final overtakes the last of them now and then, as on a bad line.
        await asyncio.sleep(BETWEEN_S * (len(sending) - 0.5))
        form = {"SpeechResult": turn.asked.text, "Confidence": "0.93"}
        document = await self._post(turn, gather.action, form)
        while document.end == "Redirect" and len(turn.documents) < AT_MOST:
            document = await self._post(turn, document.action, {})
        self._gather = document
        await asyncio.gather(*sending)

    async def _partial(self, number: int, url: str, text: str) -> None:
        await asyncio.sleep(BETWEEN_S * number)
        form = {"UnstableSpeechResult": text, "SequenceNumber": str(number)}
        async with self._session.post(urljoin(self._voice, url), data=self._form | form) as answer:
            await answer.read()

    async def _post(self, turn: Turn, url: str, form: dict[str, str]) -> Document:
        """The document for a webhook, its clips fetched."""
        sent = time.monotonic()
        try:
            async with self._session.post(
                urljoin(self._voice, url),
                data=self._form | form,
                timeout=aiohttp.ClientTimeout(GIVE_UP_S),
            ) as answer:
                body = await answer.read()
                kind = answer.headers.get("Content-Type", "")
                document = read(time.monotonic() - sent, answer.status, kind, body)
        except (aiohttp.ClientError, TimeoutError) as error:
            document = Document(time.monotonic() - sent, (f"no answer: {type(error).__name__}",))
        turn.documents.append(document)
        for kind, what in document.spoken:
            if kind == "Play":
                turn.clips[what] = await self._sounds.fetch(what)
        return document
