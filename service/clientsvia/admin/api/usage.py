"""``/api/v1/companies/{slug}/usage``: what a month came to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.usage_report import as_data
from clientsvia.admin.web.guard import stored_of

if TYPE_CHECKING:
    import falcon.asgi

    from clientsvia.admin.usage_months import Months


class MonthQuery(ApiModel):
    """Which month, such as 2026-11; the present one on the company's clock without it."""

    month: str = Field("", pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$")


class Used(ApiModel):
    """What was asked of providers; what begins with ``discarded`` is the share nobody heard."""

    requests: int
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    characters: int
    seconds: float
    usd: float
    discarded: int
    discarded_tokens: int
    discarded_characters: int
    discarded_share: float


class ModelUsed(Used):
    """Of one model or voice model."""

    provider: str
    model: str


class DayUsed(Used):
    """On one day of the company's clock, with its calls."""

    day: date
    calls: int
    call_seconds: int


class CapNotice(ApiModel):
    """That the month reached so much of its cap."""

    percent: int
    cap_usd: float
    at: datetime


class Month(ApiModel):
    """A month; the calls are those that the log still knows. Money is estimated."""

    company: str
    month: str
    cap_usd: float
    cap_share: float | None
    calls: int
    call_seconds: int
    total: Used
    models: list[ModelUsed]
    days: list[DayUsed]
    notices: list[CapNotice]


@dataclass(frozen=True, slots=True)
class UsageRoute:
    """``GET`` alone: usage is counted, not edited."""

    months: Months
    needs: ClassVar = {"GET": Need.READ}

    @spec.validate(
        query=MonthQuery, resp=answers(Month), tags=["figures"], operation_id="get_usage"
    )
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Read what a month came to: calls, minutes, tokens, characters and estimated cost."""
        wanted: MonthQuery = request.context.query
        response.media = as_data(await self.months.month(stored_of(request).profile, wanted.month))
