"""A month as a spreadsheet reads it."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

from clientsvia.admin.usage_csv import COLUMNS, usage_csv
from clientsvia.admin.usage_report import MonthUsage
from clientsvia.calls.log_queries import CallTotals
from clientsvia.calls.money.usage import Counts, UsageKey

FIRST, SECOND = date(2026, 11, 1), date(2026, 11, 2)


def month(*models: str, company: str = "acme", phone: bool = True) -> MonthUsage:
    counts = Counts(3, 900, 400, 60, 80, 1500, 2_500_000, 1, 20, 10, 500_000)
    rows = tuple((UsageKey(company, SECOND, "openai", model), counts) for model in models)
    calls = {FIRST: CallTotals(2, 90), SECOND: CallTotals(1, 31)} if phone else {}
    return MonthUsage(company, "2026-11", 0, rows, (), calls)


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_each_day_has_a_row_for_its_calls_and_one_for_each_model() -> None:
    first, calls, model = read(usage_csv([month("gpt-4.1")]))

    assert (first["day"], first["provider"], first["calls"]) == ("2026-11-01", "calls", "2")
    assert (first["minutes"], first["requests"]) == ("1.5", "0")
    assert (calls["day"], calls["minutes"]) == ("2026-11-02", "0.52")
    assert model == {
        "company": "acme",
        "day": "2026-11-02",
        "provider": "openai",
        "model": "gpt-4.1",
        "calls": "0",
        "minutes": "0.0",
        "requests": "3",
        "input_tokens": "900",
        "cached_tokens": "400",
        "output_tokens": "60",
        "characters": "80",
        "seconds": "1.5",
        "usd": "0.002500",
        "discarded_requests": "1",
        "discarded_tokens": "20",
        "discarded_characters": "10",
        "discarded_usd": "0.000500",
    }


def test_companies_follow_each_other_under_one_heading() -> None:
    months = [month("a", phone=False), month("a", company="miller", phone=False)]
    assert [row["company"] for row in read(usage_csv(months))] == ["acme", "miller"]
    assert usage_csv([]) == ",".join(COLUMNS) + "\n"


def test_no_spreadsheet_carries_out_the_name_of_a_model() -> None:
    *_, row = read(usage_csv([month('=HYPERLINK("https://bad.example","a")')]))
    assert row["model"] == '\'=HYPERLINK("https://bad.example","a")'
