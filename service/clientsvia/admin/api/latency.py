"""``/api/v1/companies/{slug}/latency`` and ``/api/v1/latency``: how long webhooks took."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo

import falcon
import falcon.asgi
from pydantic import AwareDatetime

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.latency_report import Asked, Per, as_data, week_up_to
from clientsvia.admin.web.guard import stored_of
from clientsvia.calls.log_queries import Span

if TYPE_CHECKING:
    from clientsvia.admin.latency_report import Latencies
    from clientsvia.calls.ports import Clock

_UTC = ZoneInfo("UTC")
_PATIENCE = 10.0  # seconds: a program waits longer than somebody at a page


class LatencyQuery(ApiModel):
    """From when on, a week before the end without it; up to when; and how time is divided."""

    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    per: Per = Per.DAY


class Percentiles(ApiModel):
    """Nearest-rank percentiles of ``n`` webhooks in nanoseconds, within 1.6 %; max is exact."""

    n: int
    p50_ns: int
    p95_ns: int
    p99_ns: int
    max_ns: int


class StageLatency(Percentiles):
    """Of one stage; ``total`` is their sum."""

    stage: str


class CompanyLatency(Percentiles):
    """Of all stages together, of one company."""

    company: str


class TimeLatency(Percentiles):
    """Of all stages together, in the hour or day that begins at ``at``."""

    at: datetime


class Latency(ApiModel):
    """The whole hours that the span touches."""

    since: datetime
    until: datetime
    stages: list[StageLatency]
    companies: list[CompanyLatency]
    times: list[TimeLatency]


async def _told(
    latencies: Latencies,
    clock: Clock,
    wanted: LatencyQuery,
    zone: ZoneInfo,
    company: str | None = None,
) -> dict[str, Any]:
    until = wanted.until or clock.now()
    span = Span(wanted.since or week_up_to(until), until)
    asked = Asked(span, zone, wanted.per, company)
    report = await latencies.at_once(asked, patience=_PATIENCE)
    if report is None:
        raise falcon.HTTPServiceUnavailable(
            description="the log is being read for the first time: ask again in a moment",
            retry_after=5,
        )
    return as_data(report)


@dataclass(frozen=True, slots=True)
class LatencyRoute:
    """Of one company, on its clock."""

    latencies: Latencies
    clock: Clock
    needs: ClassVar = {"GET": Need.READ}

    @spec.validate(
        query=LatencyQuery, resp=answers(Latency), tags=["figures"], operation_id="get_latency"
    )
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Read how long webhooks took, by stage and over time, on the company's clock."""
        zone = ZoneInfo(stored_of(request).profile.time_zone)
        wanted: LatencyQuery = request.context.query
        response.media = await _told(self.latencies, self.clock, wanted, zone, slug)


@dataclass(frozen=True, slots=True)
class AllLatencyRoute:
    """Of all companies, in UTC, for those who operate the service."""

    latencies: Latencies
    clock: Clock
    needs: ClassVar = {"GET": Need.OPERATE}

    @spec.validate(
        query=LatencyQuery, resp=answers(Latency), tags=["figures"], operation_id="get_all_latency"
    )
    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """Read how long webhooks of all companies took, by stage, by company and over time."""
        wanted: LatencyQuery = request.context.query
        response.media = await _told(self.latencies, self.clock, wanted, _UTC)
