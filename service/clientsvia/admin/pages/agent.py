"""The Agent tab: who answers, what is said first, in which voice, and how it is listened."""

from __future__ import annotations

from typing import ClassVar

from clientsvia.admin.pages.choices import LANGUAGES, VOICES
from clientsvia.admin.web.form_page import FormPage
from clientsvia.admin.web.forms import Field, Form, Kind

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
    """``/companies/{slug}/agent``."""

    form: ClassVar = AGENT
    template: ClassVar = "agent.html"
