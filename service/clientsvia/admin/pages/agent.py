"""The Agent tab: who answers, what is said first, in which voice, and how it is listened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from clientsvia.admin.pages.choices import LANGUAGES, VOICES
from clientsvia.admin.web.form_page import FormPage, Tried
from clientsvia.admin.web.forms import Field, Form, Kind
from clientsvia.admin.web.guard import stored_of
from clientsvia.errors import InvalidInput, InvalidProfile, ProviderFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    import falcon.asgi

    from clientsvia.admin.drafts import Drafts
    from clientsvia.admin.editing import Editor
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent
    from clientsvia.companies.ports import StoredProfile

PREVIEW, LISTEN = "_preview", "_listen"

AGENT = Form(
    (
        Field("agent.name", "Name", "What the agent calls itself.", required=True),
        Field(
            "greeting",
            "Greeting",
            "Said first. Empty: the company, the agent, that it is automated and writes down what "
            "is said, and “How can I help you?”",
            Kind.AREA,
            rows=3,
        ),
        Field(
            "disclosure",
            "Disclosure",
            "Said after the greeting, where the law asks for more, as that calls are recorded.",
            Kind.AREA,
            rows=2,
        ),
        Field(
            "agent.personality",
            "Personality",
            "How it speaks: calm, brief, cheerful. Heeded by answers of a model (see AI).",
            Kind.AREA,
            rows=3,
        ),
        Field(
            "agent.instructions",
            "Instructions",
            "What it does, and never does. Heeded by answers of a model.",
            Kind.AREA,
            rows=6,
        ),
        Field(
            "agent.language",
            "Language",
            "In which callers are heard and spoken to.",
            Kind.CHOICE,
            LANGUAGES,
            required=True,
        ),
        Field(
            "agent.voice",
            "Twilio's voice",
            "Speaks where no clip of the voice below is there in time.",
            Kind.CHOICE,
            VOICES,
            required=True,
        ),
        Field(
            "voice.voice",
            "Voice of its own",
            "The id of a voice at ElevenLabs; empty for the service's. Needs a key (see AI).",
        ),
        Field(
            "voice.stability",
            "Stability",
            "0 for lively to 1 for even.",
            Kind.NUMBER,
            steps=(0, 1, 0.05),
            empty=0.5,
        ),
        Field(
            "voice.similarity",
            "Similarity",
            "How closely the voice keeps to its model, 0 to 1.",
            Kind.NUMBER,
            steps=(0, 1, 0.05),
            empty=0.75,
        ),
        Field(
            "voice.speed",
            "Speed",
            "0.7 for slow to 1.2 for fast.",
            Kind.NUMBER,
            steps=(0.7, 1.2, 0.05),
            empty=1.0,
        ),
    )
)


class AgentPage(FormPage):
    """``/companies/{slug}/agent``; two of its buttons try what is typed, and save nothing."""

    form: ClassVar = AGENT
    template: ClassVar = "agent.html"

    def __init__(self, pages: Pages, editor: Editor, drafts: Drafts) -> None:
        super().__init__(pages, editor)
        self._drafts = drafts

    async def extras(
        self, request: falcon.asgi.Request, stored: StoredProfile
    ) -> Mapping[str, Any]:
        """What is spoken first at this moment, as it is stored."""
        return {"greeting": await self._drafts.greeting(stored, {}), "heard": None}

    async def tried(self, request: falcon.asgi.Request, sent: Mapping[str, Sent]) -> Tried | None:
        """The greeting as typed, in words, or as a sound where the company has a voice."""
        if not {PREVIEW, LISTEN} & sent.keys():
            return None
        stored, patch = stored_of(request), self.patch(request, sent)
        try:
            spoken = await self._drafts.greeting(stored, patch)
        except InvalidProfile as refused:
            return Tried(problems=refused.problems)
        if PREVIEW in sent:
            return Tried({"greeting": spoken})
        try:
            clip = await self._drafts.listen(stored, patch, " ".join(spoken.said))
        except (InvalidInput, ProviderFailed) as failed:
            return Tried({"greeting": spoken, "heard": ("", str(failed))})
        said = "" if clip else "Twilio speaks it: for a voice to listen to, see AI."
        return Tried({"greeting": spoken, "heard": (clip, said)})
