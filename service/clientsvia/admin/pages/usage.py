"""The Usage tab: what a month came to, by day and by model, and as a table for spreadsheets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.usage_csv import usage_csv
from clientsvia.admin.usage_report import days_of, months_until
from clientsvia.admin.web.charts import bar_chart
from clientsvia.admin.web.guard import stored_of
from clientsvia.admin.web.rendering import HEADERS
from clientsvia.admin.web.showing import usd
from clientsvia.calls.log_queries import CallTotals
from clientsvia.calls.money.usage import Counts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import falcon.asgi

    from clientsvia.admin.usage_months import Months
    from clientsvia.admin.usage_report import MonthUsage
    from clientsvia.admin.web.charts import Chart
    from clientsvia.admin.web.rendering import Pages

MONTHS_OFFERED = 24


@dataclass(frozen=True, slots=True)
class UsagePage:
    """``/companies/{slug}/usage``, of the month in the query."""

    pages: Pages
    months: Months
    needs: ClassVar = {"GET": Need.READ}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """The month, with the others to choose from."""
        profile = stored_of(request).profile
        used = await self.months.month(profile, request.get_param("month", default=""))
        offered = months_until(self.months.present(profile), MONTHS_OFFERED)
        self.pages.show(
            request,
            response,
            "usage.html",
            used=used,
            offered=sorted({*offered, used.month}, reverse=True),
            charts=charts_of(used),
            forgotten=self.months.forgotten(profile, used.month),
        )


@dataclass(frozen=True, slots=True)
class UsageTable:
    """``/companies/{slug}/usage.csv``."""

    months: Months
    needs: ClassVar = {"GET": Need.READ}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """The month of the query, to be kept as a file."""
        profile = stored_of(request).profile
        used = await self.months.month(profile, request.get_param("month", default=""))
        response.set_headers(HEADERS)
        response.content_type = "text/csv; charset=utf-8"
        response.downloadable_as = f"{slug}-{used.month}.csv"
        response.text = usage_csv([used])


def charts_of(used: MonthUsage) -> Mapping[str, Chart]:
    """Minutes and cost of every day of the month, those of which there were any."""
    _, last = days_of(used.month)
    by_day = {one.day: one for one in used.days}
    days = [last.replace(day=number) for number in range(1, last.day + 1)]
    names = [f"{day.day} {day:%b}" for day in days]
    calls = [by_day[day].calls if day in by_day else CallTotals() for day in days]
    costs = [(by_day[day].counts if day in by_day else Counts()).usd for day in days]
    minutes = [one.seconds / 60 for one in calls]
    told = [
        f"{one.calls} {'call' if one.calls == 1 else 'calls'}, {taken:.1f} minutes"
        for one, taken in zip(calls, minutes, strict=True)
    ]
    found = {}
    if any(minutes):
        found["minutes"] = bar_chart(names, minutes, told)
    if any(costs):
        found["cost"] = bar_chart(names, costs, [usd(cost) for cost in costs])
    return found
