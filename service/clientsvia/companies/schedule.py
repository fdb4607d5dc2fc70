"""What a profile says about opening hours: weeks and seasons, holidays, exceptions, an override."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, get_args

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    field_validator,
    model_serializer,
    model_validator,
)

from clientsvia.companies import public_holidays
from clientsvia.companies.shifts import DAY, Shift, overlap, parse_shift

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
"""The days of a week in the order of ``date.weekday()``."""


_LEAP_YEAR = 2000


def _canonical(text: str) -> str:
    return str(parse_shift(text))


def _apart(spans: tuple[str, ...]) -> tuple[str, ...]:
    """Shifts in order of time; raises ValueError when two of them overlap."""
    shifts = sorted(map(parse_shift, spans))
    if clash := overlap(shifts):
        raise ValueError(f"{clash[0]} and {clash[1]} overlap: let one end before the other starts")
    return tuple(map(str, shifts))


def _nights_apart(weekly: dict[Weekday, tuple[str, ...]]) -> dict[Weekday, tuple[str, ...]]:
    week = [(day, [parse_shift(text) for text in weekly.get(day, ())]) for day in WEEKDAYS]
    for (day, shifts), (following, later) in pairwise([*week, week[0]]):
        moved = [Shift(shift.start + DAY, shift.end + DAY) for shift in later]
        if overlap([*shifts, *moved]):
            raise ValueError(f"the night of {day} runs into {following}: let it end earlier")
    # A day without shifts is as good as one that is left out: equal weeks are to be equal.
    return {day: spans for day, spans in weekly.items() if spans}


def _day_of_year(text: str) -> str:
    """A date of every year as ``MM-DD``, the 29th of February included; raises ValueError."""
    try:
        return f"{dt.date.fromisoformat(f'{_LEAP_YEAR}-{text}'):%m-%d}"
    except ValueError:
        raise ValueError(
            f"{text!r} is no day of a year: write it as 05-01 (the 1st of May)"
        ) from None


ShiftText = Annotated[str, AfterValidator(_canonical)]
ShiftTexts = Annotated[tuple[ShiftText, ...], Field(max_length=12), AfterValidator(_apart)]
Weekly = Annotated[dict[Weekday, ShiftTexts], AfterValidator(_nights_apart)]
DayOfYear = Annotated[str, AfterValidator(_day_of_year)]


class Part(BaseModel):
    """A part of a profile: unknown fields are refused, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class HolidayCalendar(Part):
    """Public holidays of a country: the company is closed on them.

    But on those named in ``open`` it works as usual, and those in ``hours`` have hours of theirs.
    """

    country: str = Field(min_length=2, max_length=2)
    subdivision: str = Field(default="", max_length=10)
    open: tuple[str, ...] = Field(default=(), max_length=60)
    hours: dict[str, ShiftTexts] = Field(default_factory=dict, max_length=60)

    @field_validator("country", "subdivision")
    @classmethod
    def _upper(cls, value: str) -> str:
        return value.upper()

    @field_validator("country")
    @classmethod
    def _known_country(cls, value: str) -> str:
        public_holidays.check_country(value)
        return value

    @model_validator(mode="after")
    def _known_names(self) -> Self:
        public_holidays.check_subdivision(self.country, self.subdivision)
        public_holidays.check_names(self.country, self.subdivision, (*self.open, *self.hours))
        usual = {name.casefold() for name in self.open}
        if both := [name for name in self.hours if name.casefold() in usual]:
            raise ValueError(
                f"{both[0]!r} is under open and under hours: take it out of open to have its hours"
            )
        return self


class ExceptionalDays(Part):
    """A date, or all from ``from`` to ``to``, with hours of their own; no hours mean closed."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    first: dt.date = Field(alias="from")
    last: dt.date = Field(alias="to")
    hours: ShiftTexts = ()
    label: str = Field(default="", max_length=100)

    @model_validator(mode="before")
    @classmethod
    def _one_date(cls, data: Any) -> Any:  # noqa: ANN401 - whatever a file holds
        if not isinstance(data, dict) or "date" not in data:
            return data
        if data.keys() & {"from", "to"}:
            raise ValueError("has both a date and a range: write date, or from and to")
        try:
            day = dt.date.fromisoformat(str(data["date"]))
        except ValueError:
            raise ValueError(f"{data['date']!r} is no date: write it as 2026-12-24") from None
        rest = {name: value for name, value in data.items() if name != "date"}
        return {"from": day, "to": day, **rest}

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("ends before it starts: let 'to' be the later date")
        if (self.last - self.first).days > 366:  # noqa: PLR2004 - the sentence names it
            raise ValueError("is longer than 366 days: change the weekly hours instead")
        return self

    @model_serializer
    def _as_written(self) -> dict[str, Any]:
        single = self.first == self.last
        days = {"date": self.first} if single else {"from": self.first, "to": self.last}
        return days | {"hours": self.hours, "label": self.label}

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """The hours, parsed."""
        return tuple(map(parse_shift, self.hours))


class Season(Part):
    """A part of every year with a week of its own; ``from`` may be the later day: over New Year."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    first: DayOfYear = Field(alias="from")
    last: DayOfYear = Field(alias="to")
    weekly: Weekly = Field(default_factory=dict)
    label: str = Field(default="", max_length=100)

    @model_serializer
    def _as_written(self) -> dict[str, Any]:
        days = {"from": self.first, "to": self.last}
        return days | {"weekly": self.weekly, "label": self.label}


class Override(Part):
    """Open or closed regardless of everything else, up to ``until`` or until it is taken away."""

    state: Literal["open", "closed"]
    until: AwareDatetime | None = None
    label: str = Field(default="", max_length=100)


class Schedule(Part):
    """Every layer that decides whether a company is open, the strongest last."""

    weekly: Weekly = Field(default_factory=dict)
    seasons: tuple[Season, ...] = Field(default=(), max_length=24)
    holidays: HolidayCalendar | None = None
    exceptions: tuple[ExceptionalDays, ...] = Field(default=(), max_length=1000)
    override: Override | None = None


def parse_week(weekly: Mapping[Weekday, Sequence[str]]) -> tuple[tuple[Shift, ...], ...]:
    """The shifts of Monday to Sunday."""
    return tuple(tuple(map(parse_shift, weekly.get(day, ()))) for day in WEEKDAYS)
