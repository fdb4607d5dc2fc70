"""The Agent tab: who answers, what is said first, and how it is listened."""

from __future__ import annotations

from typing import ClassVar

from clientsvia.admin.web.form_page import FormPage
from clientsvia.admin.web.forms import Field, Form, Kind

AGENT = Form(
    (
        Field("agent.name", "Name", "What the agent calls itself.", required=True),
        Field("greeting", "Greeting", "Said first; empty for ours.", Kind.AREA, rows=3),
        Field(
            "disclosure",
            "Disclosure",
            "Said after the greeting, where the law asks for more than ours says.",
            Kind.AREA,
            rows=2,
        ),
        Field("agent.personality", "Personality", "How it speaks: calm, brief, …", Kind.AREA),
        Field("agent.instructions", "Instructions", "What it does, and never does.", Kind.AREA),
        Field("agent.language", "Language", "Such as en-US.", required=True),
    )
)


class AgentPage(FormPage):
    """``/companies/{slug}/agent``."""

    form: ClassVar = AGENT
    template: ClassVar = "agent.html"
