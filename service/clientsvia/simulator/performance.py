"""A call played document by document, with what Twilio does when one cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.simulator import schema
from clientsvia.simulator.dial import dial
from clientsvia.simulator.document import Document, read_document
from clientsvia.simulator.gather import gather
from clientsvia.simulator.problems import Code, Refusal
from clientsvia.simulator.record import record
from clientsvia.simulator.stage import Ended, Leg, Scene, Stage
from clientsvia.simulator.verbs import hangup, paused, played, redirect, reject, spoken
from clientsvia.simulator.webhooks import Request

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    Verb = Callable[[Scene], Awaitable[Request | None]]

APOLOGY = "We are sorry, an application error has occurred. Goodbye."
_APOLOGY_SECONDS = 4.0


class Performance:
    """Plays documents to one leg after another of a call."""

    def __init__(self, stage: Stage, fallback: Request | None) -> None:
        self._stage = stage
        self._fallback = fallback
        self._verbs: dict[str, Verb] = {
            "Say": spoken,
            "Play": played,
            "Pause": paused,
            "Redirect": redirect,
            "Hangup": hangup,
            "Reject": reject,
            "Gather": gather,
            "Record": record,
            "Dial": self._dial,
        }

    async def run(self, leg: Leg, request: Request) -> None:
        """Play from ``request`` until no verb is left; raises Ended when the leg ends before."""
        following: Request | None = request
        while following is not None:
            document = await self._document(leg, following)
            following = await self._play(leg, document)

    async def _document(self, leg: Leg, request: Request) -> Document:
        self._count()
        try:
            return await self._read(request)
        except Refusal as refusal:
            self._stage.report(refusal.code, "fatal", refusal.message, refusal.url or request.url)
            again = self._second_chance(leg, request, refusal)
        if again is None:
            raise await self._apologised(leg)
        try:
            return await self._read(again)
        except Refusal as refusal:
            self._stage.report(refusal.code, "fatal", refusal.message, refusal.url or again.url)
        raise await self._apologised(leg)

    async def _read(self, request: Request) -> Document:
        document = read_document(await self._stage.webhooks.request(request))
        for warning in schema.warnings(document.root):
            self._stage.report(Code.SCHEMA, "warning", warning, document.url)
        return document

    def _second_chance(self, leg: Leg, request: Request, refusal: Refusal) -> Request | None:
        """The request for the fallback address, where there is one."""
        if self._fallback is None or leg.name != "caller":
            return None
        parameters = {
            **leg.parameters,
            "ErrorCode": str(int(refusal.code)),
            "ErrorUrl": request.url,
        }
        return Request("fallback", self._fallback.url, parameters, self._fallback.method)

    async def _apologised(self, leg: Leg) -> Ended:
        """Let the person hear what nobody should; returns the ending to raise."""
        self._stage.note("twilio", "says", APOLOGY, _APOLOGY_SECONDS)
        leg.person.hears(APOLOGY)
        await self._stage.sleep(_APOLOGY_SECONDS)
        return Ended("failed")

    async def _play(self, leg: Leg, document: Document) -> Request | None:
        for element in document.root:
            verb = self._verbs.get(element.tag)
            if verb is None:
                self._skip(element.tag, document)
                continue
            if element.tag != "Reject" and leg.answered_at is None:
                leg.answered_at = self._stage.clock.now()
                leg.parameters["CallStatus"] = "in-progress"
            scene = Scene(self._stage, leg, element, document.resolve, document.url)
            following = await verb(scene)
            if following is not None:
                return following
        return None

    def _skip(self, tag: str, document: Document) -> None:
        if tag in schema.rules()["Response"].children:
            message = f"the simulator does not play <{tag}>"
            self._stage.report(Code.OUTSIDE, "error", message, document.url)

    def _count(self) -> None:
        self._stage.documents += 1
        if self._stage.documents > self._stage.script.max_documents:
            most = self._stage.script.max_documents
            message = f"more than {most} documents in one call: do they redirect in a circle?"
            self._stage.report(Code.OUTSIDE, "error", message)
            raise Ended("stopped")

    async def _dial(self, scene: Scene) -> Request | None:
        if scene.leg.name == "callee":
            message = "<Dial> must not be in a document for the called party"
            self._stage.report(Code.SCHEMA, "warning", message, scene.url)
            return None
        return await dial(scene, self.run)
