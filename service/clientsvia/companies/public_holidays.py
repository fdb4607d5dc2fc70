"""Public holidays by country and year, named in English where the calendar knows English."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import holidays
from holidays import registry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

_REMARK = re.compile(r" \((observed|estimated|observed, estimated)\)")
_SAMPLE_YEARS = range(2024, 2029)


def check_country(country: str) -> None:
    """Raise ValueError when no calendar is known for this ISO country."""
    try:
        holidays.country_holidays(country)
    except NotImplementedError:
        raise ValueError(
            f"no holidays are known for {country!r}: write a two-letter country code such as US, "
            "or leave holidays out and list the dates under exceptions"
        ) from None


def check_subdivision(country: str, subdivision: str) -> None:
    """Raise ValueError when the country's calendar has no such state or province."""
    known = holidays.country_holidays(country).subdivisions
    if subdivision and subdivision not in known:
        raise ValueError(
            f"no subdivision {subdivision!r} in {country}: "
            + (f"write one of {', '.join(known)}" if known else "leave it empty")
        )


def check_names(country: str, subdivision: str, names: Iterable[str]) -> None:
    """Raise ValueError when a name is not that of a holiday there."""
    known = {name.casefold(): name for name in names_in(country, subdivision)}
    if unknown := [name for name in names if name.casefold() not in known]:
        raise ValueError(
            f"no holiday is called {', '.join(map(repr, unknown))}: "
            f"write one of {', '.join(sorted(known.values()))}"
        )


@cache
def countries() -> Mapping[str, str]:
    """The countries whose holidays are known, by their ISO code, in the order of their names."""
    named = {codes[1]: name for name, codes in registry.COUNTRIES.items()}
    words = {code: name.replace("_", " ").title() for code, name in named.items()}
    return dict(sorted(words.items(), key=lambda item: item[1]))


@cache
def subdivisions(country: str) -> tuple[str, ...]:
    """The states or provinces of a country that have holidays of their own, by their codes."""
    return tuple(holidays.country_holidays(country).subdivisions)


def names_in(country: str, subdivision: str) -> tuple[str, ...]:
    """What the holidays there are called, as they come in a year."""
    named = {
        name: (on.month, on.day)
        for year in reversed(_SAMPLE_YEARS)
        for on, label in in_year(country, subdivision, year).items()
        for name in names_of(label)
    }
    return tuple(sorted(named, key=lambda name: named[name]))


def names_of(label: str) -> tuple[str, ...]:
    """The holidays that fall on one day, without the remark that a day is a substitute."""
    return tuple(_REMARK.sub("", name) for name in label.split("; "))


@cache
def in_year(country: str, subdivision: str, year: int) -> Mapping[date, str]:
    """The holidays of one year; several on one day are joined by ``; ``."""
    languages = holidays.country_holidays(country).supported_languages
    return dict(
        holidays.country_holidays(
            country,
            subdiv=subdivision or None,
            years=year,
            language="en_US" if "en_US" in languages else None,
        ).items()
    )


@cache
def widely_known(year: int) -> Mapping[date, str]:
    """Days that callers in the United States name, free or not, such as Christmas Eve."""
    categories = ("public", "unofficial")
    return dict(holidays.country_holidays("US", years=year, categories=categories).items())
