"""What would be said, answered or heard: routes that try things and change nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import AwareDatetime, Field

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.web.guard import stored_of
from clientsvia.companies.provider_profiles import ApiKey

if TYPE_CHECKING:
    import falcon.asgi

    from clientsvia.admin.drafts import Drafts

TAGS = ["trying out"]


class Previewed(ApiModel):
    """A greeting to preview; what is left out is as it is stored, ``at`` is now."""

    greeting: str | None = None
    disclosure: str | None = None
    agent_name: str | None = None
    at: AwareDatetime | None = None
    caller: str = Field(default="", max_length=40)


class Preview(ApiModel):
    """What a caller hears first, why, and what follows (``Listen``, ``Connect``, …)."""

    said: list[str]
    why: str
    next: str
    source: str
    at: AwareDatetime


class Asked(ApiModel):
    """A question, at a moment or now."""

    question: str = Field(min_length=1, max_length=500)
    at: AwareDatetime | None = None


class MatchFound(ApiModel):
    """An entry that knows words of the question; its score is from 0 to 1."""

    id: str
    question: str
    answer: str
    score: float


class AnswerFound(ApiModel):
    """What the company's own data answer, from where, and which entries come near.

    ``source`` is ``hours``, ``address``, ``knowledge:ID`` or ``unknown``; ``asks_model`` when a
    model is asked first, and this stands in for it.
    """

    question: str
    known: bool
    said: list[str]
    source: str
    threshold: float
    asks_model: bool
    matches: list[MatchFound]


class Spoken(ApiModel):
    """A text to hear in the company's voice."""

    text: str = Field(min_length=1, max_length=500)


class Sound(ApiModel):
    """Where its sound is; empty where Twilio speaks, of which there is no sound before a call."""

    address: str


class Tested(ApiModel):
    """The key to test: the one that is stored, or ``api_key`` with its server instead."""

    key: Literal["model", "voice", "twilio"]
    api_key: ApiKey | None = None
    base_url: str | None = None


class KeyCheck(ApiModel):
    """Whether it works; ``error`` is the class of the failure, ``remedy`` what to do."""

    well: bool
    what: str
    found: str
    remedy: str
    error: str


class KeyChecks(ApiModel):
    """One check for each provider that was asked."""

    items: list[KeyCheck]


@dataclass(frozen=True, slots=True)
class PreviewRoute:
    """``POST /api/v1/companies/{slug}/preview``."""

    drafts: Drafts
    needs: ClassVar = {"POST": Need.READ}

    @spec.validate(
        json=Previewed, resp=answers(Preview), tags=TAGS, operation_id="preview_greeting"
    )
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """What a caller would hear first, with what is not saved yet."""
        asked: Previewed = request.context.json
        typed = asked.model_dump(include={"greeting", "disclosure"}, exclude_none=True)
        if asked.agent_name is not None:
            typed["agent"] = {"name": asked.agent_name}
        told = await self.drafts.greeting(
            stored_of(request), typed, at=asked.at, caller=asked.caller
        )
        response.media = Preview(
            said=list(told.said), why=told.why, next=told.next, source=told.source, at=told.at
        ).model_dump(mode="json")


@dataclass(frozen=True, slots=True)
class AnswerRoute:
    """``POST /api/v1/companies/{slug}/answer``."""

    drafts: Drafts
    needs: ClassVar = {"POST": Need.READ}

    @spec.validate(json=Asked, resp=answers(AnswerFound), tags=TAGS, operation_id="find_answer")
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Where the answer to a question comes from; no model is asked, and nothing is paid."""
        asked: Asked = request.context.json
        found = await self.drafts.answer(stored_of(request), asked.question, asked.at)
        matches = [
            MatchFound(
                id=one.entry.id,
                question=one.entry.question,
                answer=one.entry.answer,
                score=round(one.score, 3),
            )
            for one in found.matches
        ]
        response.media = AnswerFound(
            question=found.question,
            known=found.answer.known,
            said=list(found.answer.sentences),
            source=found.answer.source,
            threshold=found.threshold,
            asks_model=found.asks_model,
            matches=matches,
        ).model_dump(mode="json")


@dataclass(frozen=True, slots=True)
class ListenRoute:
    """``POST /api/v1/companies/{slug}/listen``."""

    drafts: Drafts
    needs: ClassVar = {"POST": Need.EDIT}

    @spec.validate(json=Spoken, resp=answers(Sound), tags=TAGS, operation_id="listen")
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """A text in the company's voice; it counts towards what may be spent."""
        clip = await self.drafts.listen(stored_of(request), {}, request.context.json.text)
        response.media = {"address": f"/audio/{clip}" if clip else ""}


@dataclass(frozen=True, slots=True)
class TestKeyRoute:
    """``POST /api/v1/companies/{slug}/test-key``."""

    drafts: Drafts
    needs: ClassVar = {"POST": Need.MANAGE}

    @spec.validate(json=Tested, resp=answers(KeyChecks), tags=TAGS, operation_id="test_key")
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Whether a key works, with the class of what is wrong and its remedy."""
        asked: Tested = request.context.json
        checks = await self.drafts.test(stored_of(request), _typed(asked), asked.key)
        items = [
            KeyCheck(
                well=one.well, what=one.what, found=one.found, remedy=one.remedy, error=one.error
            )
            for one in checks
        ]
        response.media = KeyChecks(items=items).model_dump(mode="json")


def _typed(asked: Tested) -> dict[str, Any]:
    if asked.key == "twilio":
        return {}
    given: dict[str, Any] = {} if asked.api_key is None else {"api_key": asked.api_key}
    if asked.base_url is not None and asked.key == "model":
        given["base_url"] = asked.base_url
    return {"ai" if asked.key == "model" else "voice": given}
