"""Hours and routing: the week, and where a call would go at any moment."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from clientsvia.admin.explaining import Asked, as_data, where_it_goes
from clientsvia.admin.web.form_page import FormPage
from clientsvia.admin.web.forms import Field, Form, Kind, view
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.companies.schedule import WEEKDAYS, parse_week
from clientsvia.companies.shifts import clock, on_one_day, parse_shift
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import falcon.asgi

    from clientsvia.admin.editing import Editor
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.calls.ports import Clock
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.schedule import Weekday
    from clientsvia.companies.shifts import Shift

COPY = "_copy"
WEEK = Form(
    tuple(
        Field(f"hours.weekly.{day}", day.title(), kind=Kind.LIST, placeholder="closed")
        for day in WEEKDAYS
    )
)
COPIES: Mapping[str, tuple[str, Sequence[Weekday]]] = {
    "workdays": ("Monday to Friday", WEEKDAYS[:5]),
    "weekend": ("Saturday and Sunday", WEEKDAYS[5:]),
    "all": ("every day", WEEKDAYS),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A day as a bar: where it is open, in minutes after midnight."""

    spans: Sequence[Shift]

    @property
    def title(self) -> str:
        """What the bar shows, in words."""
        return ", ".join(f"{clock(one.start)}-{clock(one.end)}" for one in self.spans) or "closed"


class HoursPage(FormPage):
    """``/companies/{slug}/hours``."""

    form: ClassVar = WEEK
    template: ClassVar = "hours/week.html"

    def __init__(self, pages: Pages, editor: Editor, clock: Clock) -> None:
        super().__init__(pages, editor)
        self._clock = clock

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Save the week, or only copy a day's hours to others, which is saved afterwards."""
        sent = await sent_form(request)
        if COPY not in sent:
            await super().on_post(request, response, slug)
            return
        texts = self.form.sent(sent)
        hours = texts.get(f"hours.weekly.{text_of(sent, 'copy_from')}", "")
        _, days = COPIES.get(text_of(sent, "copy_to"), ("", ()))
        copied = texts | {f"hours.weekly.{day}": hours for day in days}
        shown = view(self.form, copied, text_of(sent, "tag"))
        await self._show(request, response, shown)

    async def extras(
        self, request: falcon.asgi.Request, stored: StoredProfile
    ) -> Mapping[str, Any]:
        """How it stands now, and where the call would go that is asked about."""
        now, asked = self._clock.now(), asked_of(request)
        told = await asyncio.to_thread(_told, stored, Asked(), now)
        wrong = ""
        answer = told
        if asked != Asked():
            try:
                answer = await asyncio.to_thread(_told, stored, asked, now)
            except InvalidInput as error:
                wrong = str(error)
        return {
            "copies": [(name, label) for name, (label, _) in COPIES.items()],
            "weekdays": WEEKDAYS,
            "bars": _bars_of_week(stored),
            "now": told,
            "asked": asked,
            "answer": answer,
            "names": {target.id: target.name for target in stored.profile.targets},
            "wrong": wrong,
        }


def asked_of(request: falcon.asgi.Request) -> Asked:
    """Which call a page was asked about, by its address."""
    number, at, caller, unverified = (
        request.get_param(name, default="").strip()
        for name in ("number", "at", "caller", "unverified")
    )
    return Asked(number, at, caller, bool(unverified))


def _told(stored: StoredProfile, asked: Asked, now: datetime) -> dict[str, Any]:
    """What is told of a call, with its moments as such."""
    told = as_data(*where_it_goes(stored, asked, now))
    moments = {name: _moment(told[name]) for name in ("at", "changes_at")}
    targets = [{**one, "until": _moment(one["until"])} for one in told["targets"]]
    return {**told, **moments, "targets": targets, "week": list(map(_shown_day, told["week"]))}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _bars_of_week(stored: StoredProfile) -> Mapping[str, Bar]:
    shifts = parse_week(stored.profile.hours.weekly)
    return {
        day: Bar(on_one_day(shifts[number], shifts[number - 1]))
        for number, day in enumerate(WEEKDAYS)
    }


def _shown_day(day: Mapping[str, Any]) -> Mapping[str, Any]:
    bar = Bar(tuple(map(parse_shift, day["open"])))
    return {**day, "date": date.fromisoformat(day["date"]), "bar": bar}
