"""``/api/v1/companies/{slug}/overview``: a company at a glance."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, ClassVar

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.api.standing import ChecklistItem
from clientsvia.admin.web.guard import stored_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import falcon.asgi

    from clientsvia.admin.overview import Overviews


class TodaysLatency(ApiModel):
    """How long today's webhooks took, in nanoseconds."""

    n: int
    p50_ns: int
    p95_ns: int
    p99_ns: int
    max_ns: int


class OverviewGiven(ApiModel):
    """Today on the company's clock; ``new_messages`` are counted up to 100.

    Twilio is not asked for the checklist: going live does that.
    """

    state: str
    checklist: list[ChecklistItem]
    calls_today: int
    seconds_today: int
    calls_live: int
    latency_today: TodaysLatency | None
    new_messages: int


@dataclass(frozen=True, slots=True)
class OverviewRoute:
    """The route."""

    overviews: Overviews
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ}

    @spec.validate(resp=answers(OverviewGiven), tags=["companies"], operation_id="get_overview")
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Read what keeps a company from going live, and how its day goes."""
        stored = stored_of(request)
        seen = await self.overviews.of(stored)
        response.media = {
            "state": stored.profile.account.state,
            "checklist": [asdict(one) | {"well": one.well} for one in seen.items],
            "calls_today": seen.today.calls,
            "seconds_today": seen.today.seconds,
            "calls_live": len(seen.live),
            "latency_today": asdict(seen.latency) if seen.latency else None,
            "new_messages": seen.new_messages,
        }
