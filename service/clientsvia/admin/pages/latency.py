"""Latency: how long callers waited for the service, of one company or of all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.latency_report import Asked, Per
from clientsvia.admin.web.charts import line_chart
from clientsvia.admin.web.guard import stored_of
from clientsvia.calls.log_queries import Span
from clientsvia.companies.clocks import first_shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    import falcon.asgi

    from clientsvia.admin.latency_report import Latencies, LatencyReport
    from clientsvia.admin.web.charts import Chart
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.calls.ports import Clock

SPANS: Mapping[str, tuple[str, int]] = {
    "1": ("the last 24 hours", 1),
    "7": ("7 days", 7),
    "30": ("30 days", 30),
    "90": ("90 days", 90),
}
USUAL = "7"

_UTC = ZoneInfo("UTC")
_NANOSECONDS_IN_MS = 1_000_000


def span_asked(chosen: str, zone: ZoneInfo, now: datetime, company: str | None = None) -> Asked:
    """Whole days up to now on the zone's clock, or the last 24 hours, hour by hour."""
    _, days = SPANS.get(chosen, SPANS[USUAL])
    if days == 1:
        return Asked(Span(now - timedelta(days=1), now), zone, Per.HOUR, company)
    first = now.astimezone(zone).date() - timedelta(days=days - 1)
    begin = first_shown(datetime.combine(first, time()), zone).astimezone(UTC)
    return Asked(Span(begin, now), zone, Per.DAY, company)


def chart_of(report: LatencyReport, per: Per) -> Chart | None:
    """The percentiles over time, in milliseconds; None for nothing."""
    if not report.times:
        return None
    names = [moment_name(begin, per) for begin in report.times]
    series = [
        (name, [getattr(one, f"{name}_ns") / _NANOSECONDS_IN_MS for one in report.times.values()])
        for name in ("p50", "p95", "p99")
    ]
    return line_chart(names, series)


def moment_name(begin: datetime, per: Per) -> str:
    """A day or an hour, as short as a chart has room for."""
    return f"{begin.day} {begin:%b}" if per is Per.DAY else f"{begin:%H:%M}"


@dataclass(frozen=True, slots=True)
class LatencyView:
    """What both pages show, of the span that the query chooses."""

    pages: Pages
    latencies: Latencies
    clock: Clock

    async def show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        template: str,
        zone: ZoneInfo,
        company: str | None = None,
    ) -> None:
        """The figures, or that they are still being read from the log."""
        chosen = request.get_param("days", default=USUAL)
        asked = span_asked(chosen, zone, self.clock.now(), company)
        report = await self.latencies.at_once(asked)
        self.pages.show(
            request,
            response,
            template,
            report=report,
            chart=chart_of(report, asked.per) if report else None,
            asked=asked,
            spans=SPANS,
            chosen=chosen if chosen in SPANS else USUAL,
        )


@dataclass(frozen=True, slots=True)
class LatencyPage:
    """``/companies/{slug}/latency``."""

    view: LatencyView
    needs: ClassVar = {"GET": Need.READ}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """The company's own, on its clock."""
        zone = ZoneInfo(stored_of(request).profile.time_zone)
        await self.view.show(request, response, "latency.html", zone, slug)


@dataclass(frozen=True, slots=True)
class AllLatencyPage:
    """``/latency``: of all companies, for those who operate the service."""

    view: LatencyView
    needs: ClassVar = {"GET": Need.OPERATE}

    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """All of it, in UTC."""
        await self.view.show(request, response, "all_latency.html", _UTC)
