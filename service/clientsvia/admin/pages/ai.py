"""The AI tab: who answers and with whose keys, who stands in, and what it may cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.pages.choices import FALLBACKS, RESPONDERS, SPEAKERS
from clientsvia.admin.web.form_page import FormPage, Tried
from clientsvia.admin.web.forms import Field, Form, Kind
from clientsvia.admin.web.guard import stored_of
from clientsvia.admin.web.sent import text_of
from clientsvia.companies.saving import keys_of
from clientsvia.errors import InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Mapping

    import falcon.asgi

    from clientsvia.admin.drafts import Drafts, Key
    from clientsvia.admin.editing import Editor
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent
    from clientsvia.companies.ports import StoredProfile

TEST = "_test"
ANSWERING = Form(
    (
        Field("ai.responder", "Who answers", "", Kind.CHOICE, RESPONDERS),
        Field(
            "ai.fallbacks",
            "When it cannot answer",
            "Asked in this order, when who answers fails or is too late.",
            Kind.ORDER,
            FALLBACKS,
        ),
        Field("ai.model", "Model", "Such as gpt-4.1-mini; empty for the service's own."),
        Field(
            "ai.temperature",
            "Temperature",
            "0 for the same words each time, up to 2 for the most varied.",
            Kind.NUMBER,
            steps=(0, 2, 0.1),
            empty=0.3,
        ),
        Field(
            "ai.length",
            "Longest answer",
            "In tokens, 20 to 2000: a spoken sentence has about 25.",
            Kind.NUMBER,
            steps=(20, 2000, 10),
            empty=200,
        ),
        Field(
            "ai.threshold",
            "How sure an answer of the knowledge must be",
            "0 to 1: an entry that matches less is not spoken. Try it under Knowledge.",
            Kind.NUMBER,
            steps=(0, 1, 0.05),
            empty=0.45,
        ),
        Field("voice.provider", "Who speaks", "", Kind.CHOICE, SPEAKERS),
        Field("voice.model", "Voice model", "Of ElevenLabs; empty for the service's own."),
    )
)

KEYS = Form(
    (
        Field(
            "ai.base_url",
            "Server",
            "Of a server compatible with OpenAI's: https, on the public Internet. Empty for OpenAI "
            "itself. Another server needs a key of its own.",
            Kind.URL,
            placeholder="https://models.example/v1",
        ),
        Field("ai.api_key", "Key for the model", "Empty to keep what is stored.", Kind.SECRET),
        Field("voice.api_key", "Key for ElevenLabs", "Empty to keep what is stored.", Kind.SECRET),
        Field(
            "spend.monthly_usd",
            "Spend at most each month",
            "In US dollars; 0 for no limit. Past it callers get what the knowledge answers.",
            Kind.NUMBER,
            steps=(0, 1_000_000, 1),
            empty=0,
        ),
        Field(
            "spend.speculation_usd_per_call",
            "Waste at most in a call",
            "What answers prepared in vain may cost, in US dollars; 0 and none are prepared.",
            Kind.NUMBER,
            steps=(0, 1000, 0.01),
            empty=0.10,
        ),
        Field(
            "spend.speculation_usd_per_day",
            "Waste at most in a day",
            "The same for all calls of a day.",
            Kind.NUMBER,
            steps=(0, 100_000, 0.5),
            empty=2.0,
        ),
    )
)


def masked(key: str | None) -> str:
    """The last four characters of a key, less of a short one; empty where there is none."""
    return "…" + key[len(key) - min(4, len(key) // 4) :] if key else ""


class _WithKeys(FormPage):
    """Shows of keys what may be shown, and tests them as typed."""

    def __init__(self, pages: Pages, editor: Editor, drafts: Drafts) -> None:
        super().__init__(pages, editor)
        self._drafts = drafts

    async def extras(
        self, request: falcon.asgi.Request, stored: StoredProfile
    ) -> Mapping[str, Any]:
        """The keys' last characters, and no test yet."""
        keys = {name: masked(key) for name, key in keys_of(stored.profile).items()}
        return {"keys": keys, "tested": ()}

    async def tried(self, request: falcon.asgi.Request, sent: Mapping[str, Sent]) -> Tried | None:
        """How the test of a key went, with what is typed."""
        if TEST not in sent:
            return None
        key: Key = "voice" if text_of(sent, TEST) == "voice" else "model"
        try:
            checks = await self._drafts.test(stored_of(request), self.patch(request, sent), key)
        except InvalidProfile as refused:
            return Tried(problems=refused.problems)
        return Tried({"tested": checks})


class AiPage(_WithKeys):
    """``/companies/{slug}/ai``."""

    form: ClassVar = ANSWERING
    template: ClassVar = "ai.html"


class AiKeysPage(_WithKeys):
    """``/companies/{slug}/ai/keys``: what owners alone set."""

    form: ClassVar = KEYS
    template: ClassVar = "ai_keys.html"
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.MANAGE, "POST": Need.MANAGE}
