"""Special days: dates with hours of their own, public holidays, and seasons of every year."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from clientsvia.admin.web.form_page import FormPage
from clientsvia.admin.web.forms import KEY, Field, Form, Group, Kind, rows_of
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.admin.web.sent import text_of
from clientsvia.companies import public_holidays
from clientsvia.companies.schedule import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import falcon.asgi

    from clientsvia.admin.editing import Editor
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent
    from clientsvia.calls.ports import Clock
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile

KEPT_SHOWN = timedelta(days=31)
"""Special days that are over for longer are shown when they are asked for."""

EXCEPTIONS, SEASONS, HOLIDAYS = "hours.exceptions", "hours.seasons", "holidays"
COUNTRY, SUBDIVISION = "hours.holidays.country", "hours.holidays.subdivision"
_HOURS = "As 08:00-12:00, 13:00-17:00; empty is closed."
_GROUPS = (
    Group(
        EXCEPTIONS,
        "Special day",
        (
            Field("from", "Date", kind=Kind.DATE),
            Field("to", "To", "The last date of several; empty for one.", Kind.DATE),
            Field("hours", "Open", _HOURS, Kind.LIST, placeholder="closed"),
            Field("label", "What it is", "As callers are told: Christmas Eve."),
        ),
        key="_none",
        most=1000,
    ),
    Group(
        SEASONS,
        "Season",
        (
            Field("from", "From", "Month and day, as 06-15."),
            Field("to", "To", "The last day; over New Year it may be the earlier one."),
            Field("label", "What it is", "As callers are told: summer hours."),
            *(
                Field(f"weekly.{day}", day.title(), kind=Kind.LIST, placeholder="closed")
                for day in WEEKDAYS
            ),
        ),
        key="_none",
        most=24,
    ),
    Group(
        HOLIDAYS, "Holiday", (Field("usual", "Open as usual", kind=Kind.CHECK), Field("hours", ""))
    ),
)


@dataclass(frozen=True, slots=True)
class DaysForm(Form):
    """The form of special days; those that were over before ``since`` stay as they are."""

    since: date = date.min

    def typed(self, profile: Mapping[str, Any]) -> dict[str, str]:
        """What stands in each field, with a row for each holiday of the chosen calendar."""
        hours = profile["hours"]
        listed = [_as_range(one) for one in hours["exceptions"] if not self._over(one)]
        shown = {"hours": {**hours, "exceptions": listed}}
        return Form.typed(self, shown) | _holiday_rows(hours["holidays"])

    def patch(self, form: Mapping[str, Sent], profile: Mapping[str, Any]) -> dict[str, Any]:
        """The hours with three layers as they were typed; the others are as they were."""
        typed = Form.patch(self, form, profile)["hours"]
        kept = [one for one in profile["hours"]["exceptions"] if self._over(one)]
        chosen = typed["holidays"] if typed["holidays"]["country"] else None
        before = (profile["hours"]["holidays"] or {}).get("open", ())
        return {
            "hours": {
                **profile["hours"],
                "exceptions": [*kept, *map(_ended, typed["exceptions"])],
                "seasons": typed["seasons"],
                "holidays": chosen and {**chosen, **_kept_holidays(form, before)},
            }
        }

    def hidden(self, profile: CompanyProfile) -> int:
        """How many special days are not shown."""
        return sum(one.last < self.since for one in profile.hours.exceptions)

    def _over(self, exception: Mapping[str, Any]) -> bool:
        return date.fromisoformat(str(_as_range(exception)["to"])) < self.since


class DaysPage(FormPage):
    """``/companies/{slug}/hours/days``."""

    form: ClassVar[Form] = DaysForm((), _GROUPS)
    template: ClassVar = "hours/days.html"

    def __init__(self, pages: Pages, editor: Editor, clock: Clock) -> None:
        super().__init__(pages, editor)
        self._clock = clock

    def form_of(self, request: falcon.asgi.Request) -> DaysForm:
        """The form, with the states of the country that is chosen."""
        chosen = stored_of(request).profile.hours.holidays
        country = chosen.country if chosen else ""
        states = public_holidays.subdivisions(country) if country else ()
        everything = request.get_param("past", default="") != ""
        since = date.min if everything else self._clock.now().date() - KEPT_SHOWN
        return DaysForm(_chosen_calendar(states), _GROUPS, since)

    @classmethod
    def parts(cls) -> set[str]:
        """All layers are one part of the profile."""
        return {"hours"}

    async def save(
        self, request: falcon.asgi.Request, sent: Mapping[str, Sent], slug: str
    ) -> StoredProfile:
        """Save the hours whole: a holiday that loses its own is not to keep them."""
        return await self._editor.edit(
            slug,
            self.patch(request, sent),
            expected=text_of(sent, "tag"),
            by=visitor_of(request).by,
            whole=True,
        )

    async def extras(
        self, request: falcon.asgi.Request, stored: StoredProfile
    ) -> Mapping[str, Any]:
        """How many days are hidden, and when the holidays are next."""
        form, today = self.form_of(request), self._clock.now().date()
        coming = await asyncio.to_thread(_coming, stored.profile, today)
        return {"hidden": form.hidden(stored.profile), "coming": coming}


def _chosen_calendar(states: Sequence[str]) -> tuple[Field, ...]:
    countries = public_holidays.countries().items()
    return (
        Field(
            COUNTRY,
            "Public holidays of",
            "Of none: they are ordinary days.",
            Kind.CHOICE,
            choices=(("", "no country"), *countries),
        ),
        Field(
            SUBDIVISION,
            "State or province",
            "Save a country first to choose among its own.",
            Kind.CHOICE,
            choices=(("", "the whole country"), *((one, one) for one in states)),
        ),
    )


def _as_range(exception: Mapping[str, Any]) -> Mapping[str, Any]:
    one = exception.get("date")
    return {"from": one, "to": one, **exception} if one else exception


def _ended(exception: Mapping[str, Any]) -> Mapping[str, Any]:
    """A special day whose end is its beginning, where no other was typed."""
    return {**exception, "to": exception["to"] or exception["from"]}


def _holiday_rows(chosen: Mapping[str, Any] | None) -> dict[str, str]:
    """A row for each holiday: closed, as usual, or with hours of its own."""
    if chosen is None:
        return {}
    usual = {name.casefold() for name in chosen["open"]}
    own = {name.casefold(): ", ".join(spans) for name, spans in chosen["hours"].items()}
    texts = {}
    for row, name in enumerate(public_holidays.names_in(chosen["country"], chosen["subdivision"])):
        place, folded = f"{HOLIDAYS}.{row}", name.casefold()
        texts[f"{place}.{KEY}"] = name
        texts[f"{place}.usual"] = "on" if folded in usual else ""
        texts[f"{place}.hours"] = own.get(folded, "")
    return texts


def _kept_holidays(form: Mapping[str, Sent], before: Sequence[str]) -> dict[str, Any]:
    """The holidays with work: those that another country does not have are left out.

    Those that were as usual ``before`` keep their order: saving what is shown changes nothing.
    """
    country, subdivision = text_of(form, COUNTRY), text_of(form, SUBDIVISION)
    known = set(_names(country, subdivision))
    usual, hours = [], {}
    for row in rows_of(_GROUPS[-1], form):
        place = f"{HOLIDAYS}.{row}"
        name, spans = text_of(form, f"{place}.{KEY}"), text_of(form, f"{place}.hours")
        if name not in known:
            continue
        if f"{place}.usual" in form:
            usual.append(name)
        if spans:
            hours[name] = [part.strip() for part in spans.split(",") if part.strip()]
    kept = [name for name in before if name in usual]
    return {"open": [*kept, *(name for name in usual if name not in kept)], "hours": hours}


def _names(country: str, subdivision: str) -> Sequence[str]:
    """The holidays there; none where that is no country or state, which is refused later."""
    if country not in public_holidays.countries():
        return ()
    if subdivision and subdivision not in public_holidays.subdivisions(country):
        return ()
    return public_holidays.names_in(country, subdivision)


def _coming(profile: CompanyProfile, today: date) -> Mapping[str, date]:
    """When each holiday is next, by its name."""
    chosen = profile.hours.holidays
    if chosen is None:
        return {}
    found: dict[str, date] = {}
    for year in (today.year, today.year + 1):
        for on, label in public_holidays.in_year(chosen.country, chosen.subdivision, year).items():
            for name in public_holidays.names_of(label):
                if on >= today:
                    found[name] = min(on, found.get(name, on))
    return found
