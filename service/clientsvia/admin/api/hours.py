"""Routes of hours: where a call would go, closing and opening by hand, the holidays of a region."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.explaining import Asked, as_data, where_it_goes
from clientsvia.admin.overrides import State, Wish, override
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.companies import public_holidays
from clientsvia.companies.problems import Problem, refuse

if TYPE_CHECKING:
    from collections.abc import Sequence

    import falcon.asgi

    from clientsvia.calls.ports import Clock
    from clientsvia.companies.ports import Companies, StoredProfile


class ExplainQuery(ApiModel):
    """Which call is asked about; ``number`` is one of the company's, the first by default."""

    number: str = Field(default="", max_length=40)
    at: str = Field(default="", max_length=40, description="As 2026-12-24T18:30; now by default.")
    caller: str = Field(default="", max_length=40, description="A number, or anonymous.")
    unverified: bool = False


class ForCaller(ApiModel):
    """What one caller gets first."""

    said: list[str]
    next: str
    source: str
    outcome: str | None
    why: str


class ForTarget(ApiModel):
    """Whether a target may be rung then, and who of it, round after round."""

    id: str
    rings: list[str]
    rounds: list[list[str]]
    on_duty: str | None
    until: datetime | None
    why: str


class ExplainedDay(ApiModel):
    """A day: the hours written for it, and when it is open between its two midnights."""

    date: date
    rule: str
    label: str
    hours: list[str]
    open: list[str]


class Explained(ApiModel):
    """Where a call goes, and why; times are on the company's clock."""

    company: str
    number: str
    at: datetime
    account: str
    number_active: bool
    open: bool
    rule: str
    label: str
    reason: str
    changes_at: datetime | None
    route: str
    why: str
    target: str | None
    rounds: list[list[str]]
    urgent_rounds: list[list[str]]
    targets: list[ForTarget]
    week: list[ExplainedDay]
    caller: ForCaller | None = None


class OverrideWish(ApiModel):
    """Open or closed now; ``until`` as 14:00 or 2026-12-24T18:30, empty for until taken away."""

    state: State
    until: str = Field(default="", max_length=40)
    label: str = Field(default="", max_length=100)
    target: str = Field(default="", max_length=63, description="One with hours of its own.")


class SetByHand(ApiModel):
    """What is set by hand; an empty ``target`` is the company."""

    target: str
    state: State
    until: datetime | None
    label: str


class AllSetByHand(ApiModel):
    """All that is set by hand, what is over but not taken away included."""

    items: list[SetByHand]


class HolidayQuery(ApiModel):
    """A region, as the section ``hours`` has it, and a year."""

    country: str = Field(min_length=2, max_length=2)
    subdivision: str = Field(default="", max_length=10)
    year: int = Field(default=2026, ge=2000, le=2099)


class Holiday(ApiModel):
    """A public holiday; several of one day are joined by ``; ``."""

    date: date
    name: str


class Holidays(ApiModel):
    """The public holidays of a year."""

    items: list[Holiday]


class TargetQuery(ApiModel):
    """Whose override is meant; empty for the company's."""

    target: str = Field(default="", max_length=63)


@dataclass(frozen=True, slots=True)
class ExplainRoute:
    """``/api/v1/companies/{slug}/explain``."""

    clock: Clock
    needs: ClassVar = {"GET": Need.READ}

    @spec.validate(
        query=ExplainQuery, resp=answers(Explained), tags=["hours"], operation_id="explain"
    )
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Tell where a call would go at any moment, who may be rung then, and why."""
        query: ExplainQuery = request.context.query
        asked = Asked(query.number, query.at, query.caller, unverified=query.unverified)
        told = await asyncio.to_thread(where_it_goes, stored_of(request), asked, self.clock.now())
        response.media = as_data(*told)


@dataclass(frozen=True, slots=True)
class OverrideRoute:
    """``/api/v1/companies/{slug}/override``."""

    companies: Companies
    clock: Clock
    needs: ClassVar = {"GET": Need.READ, "PUT": Need.EDIT, "DELETE": Need.EDIT}

    @spec.validate(resp=answers(AllSetByHand), tags=["hours"], operation_id="get_override")
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """List what is open or closed by hand."""
        response.media = _standing(stored_of(request))

    @spec.validate(
        json=OverrideWish,
        resp=answers(AllSetByHand),
        tags=["hours"],
        operation_id="put_override",
    )
    async def on_put(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Close or open now, whatever the week says; in force on the next webhook."""
        sent: OverrideWish = request.context.json
        await self._set(request, response, Wish(sent.state, sent.until, sent.label, sent.target))

    @spec.validate(
        query=TargetQuery,
        resp=answers(AllSetByHand),
        tags=["hours"],
        operation_id="delete_override",
    )
    async def on_delete(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Take away what is set by hand: the week and its special days decide again."""
        query: TargetQuery = request.context.query
        await self._set(request, response, Wish(None, target=query.target))

    async def _set(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, wish: Wish
    ) -> None:
        slug, by = stored_of(request).profile.slug, visitor_of(request).by
        saved = await override(self.companies, slug, wish, self.clock.now(), by=by)
        response.media = _standing(saved)


def _standing(stored: StoredProfile) -> dict[str, Sequence[object]]:
    profile = stored.profile
    every = [("", profile.hours), *((one.id, one.hours) for one in profile.targets)]
    return {
        "items": [
            {"target": whose, **hours.override.model_dump(mode="json")}
            for whose, hours in every
            if hours is not None and hours.override is not None
        ]
    }


@dataclass(frozen=True, slots=True)
class HolidaysRoute:
    """``/api/v1/holidays``."""

    needs: ClassVar = {"GET": Need.ACCOUNT}

    @spec.validate(
        query=HolidayQuery, resp=answers(Holidays), tags=["hours"], operation_id="holidays"
    )
    async def on_get(self, request: falcon.asgi.Request, response: falcon.asgi.Response) -> None:
        """List the public holidays of a country, or of one of its states or provinces."""
        query: HolidayQuery = request.context.query
        response.media = {"items": await asyncio.to_thread(_holidays, query)}


def _holidays(query: HolidayQuery) -> Sequence[dict[str, str]]:
    country, subdivision = query.country.upper(), query.subdivision.upper()
    try:
        public_holidays.check_country(country)
        public_holidays.check_subdivision(country, subdivision)
    except ValueError as error:
        raise refuse([Problem("", "country", str(error))]) from None
    found = public_holidays.in_year(country, subdivision, query.year)
    return [{"date": on.isoformat(), "name": found[on]} for on in sorted(found)]
