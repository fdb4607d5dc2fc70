"""Routes of notices: what owners were told, and whether they can be reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.channel_test import PAGE_WAITS, TESTED
from clientsvia.admin.web.guard import visitor_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import falcon.asgi

    from clientsvia.admin.audit import AuditLog
    from clientsvia.admin.channel_test import ChannelTest
    from clientsvia.notices.delivery import Delivery


class ToldQuery(ApiModel):
    """How many; the newest are told first."""

    limit: int = Field(default=50, ge=1, le=200)


class Told(ApiModel):
    """One notice to one address; ``state`` is waiting, sent, refused or given-up.

    ``due`` is when one that waits is tried again; ``remedy`` what to do about its ``error``.
    """

    id: str
    kind: str
    urgent: bool
    at: datetime
    channel: str
    address: str
    state: str
    attempts: int
    tried_at: datetime | None
    due: datetime
    error: str
    remedy: str


class ToldList(ApiModel):
    """Deliveries, the newest first."""

    items: list[Told]


@dataclass(frozen=True, slots=True)
class ToldRoute:
    """``/api/v1/companies/{slug}/notices``."""

    tests: ChannelTest
    needs: ClassVar = {"GET": Need.READ}

    @spec.validate(
        query=ToldQuery, resp=answers(ToldList), tags=["notices"], operation_id="notices"
    )
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """List whom the company's notices were brought to, and what is the matter with others."""
        query: ToldQuery = request.context.query
        response.media = _listed(await self.tests.outbox.deliveries(slug, limit=query.limit))


@dataclass(frozen=True, slots=True)
class NoticeTestRoute:
    """``/api/v1/companies/{slug}/notices/test``."""

    tests: ChannelTest
    audit: AuditLog
    needs: ClassVar = {"POST": Need.EDIT}

    @spec.validate(resp=answers(ToldList), tags=["notices"], operation_id="test_notices")
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Send a test to every address of the company, and tell what became of each by now.

        What waits is still tried: ask for the list again.
        """
        by, now = visitor_of(request).by, self.tests.clock.now()
        await self.audit.write(TESTED, at=now, by=by, company=slug)
        response.media = _listed(await self.tests.send(slug, PAGE_WAITS))


def _listed(found: Sequence[Delivery]) -> dict[str, list[dict[str, Any]]]:
    return {"items": [_as_data(one) for one in found]}


def _as_data(one: Delivery) -> dict[str, Any]:
    told = Told(
        id=one.id,
        kind=one.notice.kind,
        urgent=one.notice.urgent,
        at=one.notice.at,
        channel=one.channel,
        address=one.address,
        state=one.state,
        attempts=one.attempts,
        tried_at=one.tried_at,
        due=one.due,
        error=one.error,
        remedy=one.remedy,
    )
    return told.model_dump(mode="json")
