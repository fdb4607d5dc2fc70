"""How an explanation looks."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

from clientsvia.admin.explaining import as_data
from clientsvia.calls.explain import explain
from clientsvia.cli.explain_view import in_full
from clientsvia.companies.routing import (
    AfterHours,
    AfterHoursPolicy,
    Availability,
    First,
    Ring,
    Routing,
    Urgent,
)
from tests.calls.people import CREW, DESK, ERIN, SAM
from tests.conftest import CLOSED, OPEN

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.company import Company

NUMBER = "+12395551212"
MESSAGE = AfterHours(AfterHoursPolicy.MESSAGE, None)


def shown(company: Company, now: datetime = OPEN) -> str:
    page = Console(file=StringIO(), width=140)
    page.print(*in_full(explain(company, NUMBER, now)), sep="\n")
    assert isinstance(page.file, StringIO)
    return page.file.getvalue()


def test_it_tells_who_takes_calls_first(demo: Company) -> None:
    assert "first:   the agent answers" in shown(demo)
    staff = replace(demo, routing=Routing(First.STAFF, "office", 15))
    assert "first:   office rings for 15 s" in shown(staff)
    closed = replace(demo, after_hours=AfterHours(AfterHoursPolicy.FORWARD, "on-call"))
    assert "first:   after hours: forward to on-call" in shown(closed, CLOSED)


def test_it_tells_who_would_be_rung(demo: Company) -> None:
    page = shown(demo, CLOSED)
    assert "nobody" in page
    assert "always available" in page


def test_it_tells_whom_a_call_rings_one_after_the_other(demo: Company) -> None:
    people = replace(demo, targets=(replace(CREW, ring=Ring.TOGETHER), ERIN, SAM, DESK))
    forward = replace(people, after_hours=AfterHours(AfterHoursPolicy.FORWARD, "crew"))
    assert "rings:   erin and sam, then desk" in shown(forward, CLOSED)
    assert as_data(explain(forward, NUMBER, CLOSED))["rounds"] == [["erin", "sam"], ["desk"]]
    staff = replace(people, routing=Routing(First.STAFF, "crew", 15))
    assert as_data(explain(staff, NUMBER, OPEN))["rounds"] == [["erin", "sam"]]
    assert as_data(explain(people, NUMBER, OPEN))["rounds"] == []
    assert "rings:" not in shown(people)


def test_it_tells_whom_an_urgent_call_rings(demo: Company) -> None:
    by_day = replace(ERIN, availability=Availability.OPEN)
    people = replace(demo, targets=(by_day, DESK), urgent=Urgent(("burst pipe",), "erin"))
    for company in (people, replace(people, after_hours=MESSAGE)):
        assert "urgent:  erin" in shown(company, CLOSED)
        assert as_data(explain(company, NUMBER, CLOSED))["urgent_rounds"] == [["erin"]]
    unasked = replace(people, after_hours=MESSAGE, urgent=Urgent((), "erin"))
    assert "urgent:" not in shown(unasked, CLOSED)


def test_a_company_without_targets_has_no_table_of_them(demo: Company) -> None:
    assert "rings now" not in shown(replace(demo, targets=()))


def test_a_number_switched_off_is_told_as_such(demo: Company) -> None:
    off = replace(demo, inactive_numbers=frozenset({NUMBER}))
    assert "the number is switched off" in shown(off)
    assert as_data(explain(off, NUMBER, OPEN))["number_active"] is False
