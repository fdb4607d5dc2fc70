"""``/api/v1/companies/{slug}/callers/…``: all that is kept of one caller.

The number comes in the body: addresses are written down on their way.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

import orjson
from pydantic import Field

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.callers_card import card
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.companies.known_callers import number_of

if TYPE_CHECKING:
    import falcon.asgi

    from clientsvia.admin.caller_data import CallerData

TAGS = ["callers"]


class CallerAsked(ApiModel):
    """A caller's number, written in any way."""

    number: str = Field(min_length=1, max_length=40)


class ErasureWanted(CallerAsked):
    """The number, and the same once more: what is erased is gone."""

    confirm: str = Field(max_length=40)


class EarlierCallTold(ApiModel):
    """A call, with what the caller said."""

    call_sid: str
    at: datetime
    outcome: str
    asked: list[str]


class CardTold(ApiModel):
    """What is known of a caller; ``messages`` are calls whose message waits for somebody."""

    number: str
    name: str
    notes: str
    blocked: bool
    calls: list[EarlierCallTold]
    messages: list[str]


class ExportTold(ApiModel):
    """Everything that is kept of a caller, as the store has it."""

    company: str
    number: str
    exported_at: datetime
    card: list[dict[str, Any]]
    calls: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    notices: list[dict[str, Any]]


class ErasedTold(ApiModel):
    """How much was erased; ``owed`` recordings Twilio has not deleted yet."""

    card: bool
    calls: int
    turns: int
    messages: int
    notices: int
    recordings: int
    owed: int


@dataclass(frozen=True, slots=True)
class CardResource:
    """``/api/v1/companies/{slug}/callers/card``."""

    callers: CallerData
    needs: ClassVar = {"POST": Need.READ}

    @spec.validate(json=CallerAsked, resp=answers(CardTold), tags=TAGS, operation_id="read_card")
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """A caller's card: name, notes, last calls, messages that wait."""
        profile = stored_of(request).profile
        number = number_of(profile, request.context.json.number)
        found = await card(profile, number, self.callers.call_log, self.callers.messages)
        response.media = {
            "number": found.number,
            "name": found.name,
            "notes": found.notes,
            "blocked": found.blocked,
            "calls": [asdict(one) | {"asked": list(one.asked)} for one in found.calls],
            "messages": [one.call_sid for one in found.messages],
        }


@dataclass(frozen=True, slots=True)
class ExportResource:
    """``/api/v1/companies/{slug}/callers/export``."""

    callers: CallerData
    needs: ClassVar = {"POST": Need.MANAGE}

    @spec.validate(
        json=CallerAsked, resp=answers(ExportTold), tags=TAGS, operation_id="export_caller"
    )
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """All that is kept of a caller."""
        number, by = request.context.json.number, visitor_of(request).by
        data = await self.callers.export(slug, number, by=by)
        response.media = orjson.loads(orjson.dumps(data))


@dataclass(frozen=True, slots=True)
class ErasureResource:
    """``/api/v1/companies/{slug}/callers/erase``."""

    callers: CallerData
    needs: ClassVar = {"POST": Need.MANAGE}

    @spec.validate(
        json=ErasureWanted, resp=answers(ErasedTold), tags=TAGS, operation_id="erase_caller"
    )
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Erase all that is kept of a caller, recordings at Twilio too; it cannot be undone."""
        sent, by = request.context.json, visitor_of(request).by
        erased = await self.callers.erase_confirmed(slug, sent.number, sent.confirm, by=by)
        response.media = {"card": erased.card, **asdict(erased.kept), "owed": erased.owed}
