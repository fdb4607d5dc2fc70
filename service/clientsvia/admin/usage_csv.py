"""Months as a table for spreadsheets: a row for each day's calls, and one for each model used."""

from __future__ import annotations

import csv
from io import StringIO
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from clientsvia.calls.log_queries import CallTotals
from clientsvia.calls.money.prices import NANO
from clientsvia.calls.money.usage import Counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from clientsvia.admin.usage_report import MonthUsage

CALLS = "calls"
"""Stands for a provider in the rows that hold calls."""

COLUMNS = (
    "company",
    "day",
    "provider",
    "model",
    "calls",
    "minutes",
    "requests",
    "input_tokens",
    "cached_tokens",
    "output_tokens",
    "characters",
    "seconds",
    "usd",
    "discarded_requests",
    "discarded_tokens",
    "discarded_characters",
    "discarded_usd",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with which spreadsheets begin what they carry out


def usage_csv(months: Iterable[MonthUsage]) -> str:
    """The table with its heading; every column may be added up."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for used in months:
        rows = sorted(_rows(used), key=itemgetter(slice(4)))
        table.writerows(rows)
    return text.getvalue()


def _rows(used: MonthUsage) -> Iterator[tuple[Any, ...]]:
    for day, calls in used.phone.items():
        yield _row(used.company, day, CALLS, "", calls=calls)
    for key, counts in used.rows:
        yield _row(key.company, key.day, key.provider, _plain(key.model), counts)


def _row(
    company: str,
    day: date,
    provider: str,
    model: str,
    counts: Counts | None = None,
    calls: CallTotals | None = None,
) -> tuple[Any, ...]:
    used, phone = counts or Counts(), calls or CallTotals()
    return (
        company,
        day.isoformat(),
        provider,
        model,
        phone.calls,
        round(phone.seconds / 60, 2),
        used.requests,
        used.input_tokens,
        used.cached_tokens,
        used.output_tokens,
        used.characters,
        used.milliseconds / 1000,
        f"{used.usd:.6f}",
        used.discarded,
        used.discarded_tokens,
        used.discarded_characters,
        f"{used.discarded_nano_usd / NANO:.6f}",
    )


def _plain(model: str) -> str:
    """A model's name, which an owner chooses, as text that no spreadsheet carries out."""
    return f"'{model}" if model.startswith(_FORMULA) else model
