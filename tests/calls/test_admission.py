from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.calls.admission import GRACE_SECONDS, Admission
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

CALLER = "+12393334444"


def test_a_call_that_is_known_keeps_its_beginning(demo: Company) -> None:
    admission = Admission()
    began = admission.admit(demo, CALLER, "CA1", OPEN)
    assert began == int(OPEN.timestamp())
    assert admission.admit(demo, CALLER, "CA1", OPEN + timedelta(seconds=9)) == began


def test_one_call_too_many_is_not_admitted_until_another_ends(demo: Company) -> None:
    admission = Admission()
    for call in range(demo.limits.calls_per_caller):
        assert admission.admit(demo, CALLER, f"CA{call}", OPEN) is not None
    assert admission.admit(demo, CALLER, "CA9", OPEN) is None
    admission.ended("demo", CALLER, "CA0")
    assert admission.admit(demo, CALLER, "CA9", OPEN) is not None


def test_companies_and_callers_do_not_count_for_each_other(demo: Company) -> None:
    admission = Admission()
    for call in range(demo.limits.calls_per_caller):
        admission.admit(demo, CALLER, f"CA{call}", OPEN)
    assert admission.admit(demo, "+12393335555", "CA9", OPEN) is not None


def test_callers_without_a_number_are_never_too_many(demo: Company) -> None:
    admission = Admission()
    assert all(admission.admit(demo, "", f"CA{call}", OPEN) is not None for call in range(20))


def test_a_call_whose_end_was_never_told_is_forgotten(demo: Company) -> None:
    admission = Admission()
    for call in range(demo.limits.calls_per_caller):
        admission.admit(demo, CALLER, f"CA{call}", OPEN)
    later = OPEN + timedelta(seconds=demo.limits.call_seconds + GRACE_SECONDS + 1)
    assert admission.admit(demo, CALLER, "CA9", later) is not None
