from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.admission import IDLE_SECONDS, Admission
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

CALLER = "+12393334444"
NOW = OPEN.timestamp()
LATER = NOW + IDLE_SECONDS + 1


@pytest.fixture
def busy(demo: Company) -> Admission:
    """A caller with as many calls as are allowed."""
    admission = Admission()
    for call in range(demo.limits.calls_per_caller):
        assert admission.admit(demo, CALLER, f"CA{call}", NOW) is not None
    return admission


def test_a_call_that_is_known_keeps_its_beginning(demo: Company) -> None:
    admission = Admission()
    began = admission.admit(demo, CALLER, "CA1", NOW)
    assert began == int(NOW)
    assert admission.admit(demo, CALLER, "CA1", NOW + 9) == began


def test_one_call_too_many_is_not_admitted_until_another_ends(
    busy: Admission, demo: Company
) -> None:
    assert busy.admit(demo, CALLER, "CA-more", NOW) is None
    busy.ended("demo", CALLER, "CA0")
    assert busy.admit(demo, CALLER, "CA-more", NOW) is not None


def test_callers_do_not_count_for_each_other(busy: Admission, demo: Company) -> None:
    assert busy.admit(demo, "+12393335555", "CA-more", NOW) is not None


def test_callers_without_a_number_are_never_too_many(demo: Company) -> None:
    admission = Admission()
    calls = range(2 * demo.limits.calls_per_caller)
    assert all(admission.admit(demo, "", f"CA{call}", NOW) is not None for call in calls)


def test_a_call_that_is_not_heard_of_any_more_does_not_count(
    busy: Admission, demo: Company
) -> None:
    assert busy.admit(demo, CALLER, "CA-more", LATER) is not None


def test_a_call_that_goes_on_counts_however_old_it_is(busy: Admission, demo: Company) -> None:
    for call in range(demo.limits.calls_per_caller):
        busy.seen("demo", CALLER, f"CA{call}", int(NOW), LATER)
    assert busy.admit(demo, CALLER, "CA-more", LATER) is None


def test_a_call_that_began_elsewhere_counts_from_its_next_webhook_on(demo: Company) -> None:
    admission = Admission()
    for call in range(demo.limits.calls_per_caller):
        admission.seen("demo", CALLER, f"CA{call}", 1, NOW)
    assert admission.admit(demo, CALLER, "CA-more", NOW) is None


def test_sweeping_forgets_idle_callers_alone(busy: Admission, demo: Company) -> None:
    busy.admit(demo, "+12393335555", "CA-new", LATER)
    busy.sweep(LATER)
    assert len(busy) == 1
