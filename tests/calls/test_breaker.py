from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.calls.breaker import PROBE_S, Breaker
from clientsvia.companies.files import demo_profile
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.snapshot import compile_company
from clientsvia.errors import (
    ContextTooLong,
    KeyRefused,
    ProviderBroken,
    ProviderTimeout,
    ProviderUnreachable,
    QuotaUsedUp,
    RateLimited,
    UnknownModel,
)
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company
    from clientsvia.errors import ProviderFailed

LASTING = [KeyRefused, QuotaUsedUp, UnknownModel]
PASSING = [RateLimited, ProviderTimeout, ProviderUnreachable, ProviderBroken, ContextTooLong]
DEMO = compile_company(StoredProfile(demo_profile(), 1), OPEN)
P = "openai"


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(clock)


def fail(breaker: Breaker, kind: type[ProviderFailed], times: int = 1) -> None:
    for _ in range(times):
        breaker.failed(DEMO, P, kind("it failed", "mend it"))


def opened_for(breaker: Breaker, clock: Clock) -> float:
    """How many seconds pass before a probe is let through."""
    begun = clock.now
    while not breaker.allows(DEMO, P):
        clock.now += 1
    return clock.now - begun


@pytest.mark.parametrize("kind", LASTING)
def test_what_a_person_must_mend_opens_it_at_once_and_for_longer_each_time(
    breaker: Breaker, clock: Clock, kind: type[ProviderFailed]
) -> None:
    times = []
    for _ in range(6):
        fail(breaker, kind)
        times.append(opened_for(breaker, clock))
    assert times == [60, 120, 240, 480, 600, 600]


@pytest.mark.parametrize("kind", PASSING)
def test_what_may_pass_opens_it_after_three_in_a_row(
    breaker: Breaker, clock: Clock, kind: type[ProviderFailed]
) -> None:
    fail(breaker, kind, 2)
    assert breaker.allows(DEMO, P)
    fail(breaker, kind)
    times = [opened_for(breaker, clock)]
    for _ in range(4):
        fail(breaker, kind)
        times.append(opened_for(breaker, clock))
    assert times == [15, 30, 60, 120, 120]


def test_a_success_in_between_begins_the_count_anew(breaker: Breaker) -> None:
    fail(breaker, ProviderTimeout, 2)
    breaker.succeeded(DEMO, P)
    fail(breaker, ProviderTimeout, 2)
    assert breaker.allows(DEMO, P)


def test_one_probe_is_let_through_and_its_success_closes_it(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, KeyRefused)
    clock.now += 60
    assert [breaker.allows(DEMO, P) for _ in range(3)] == [True, False, False]
    breaker.succeeded(DEMO, P)
    assert [breaker.allows(DEMO, P) for _ in range(3)] == [True, True, True]
    assert breaker.why(DEMO, P) is None


def test_a_probe_nobody_heard_of_again_makes_way_for_another(
    breaker: Breaker, clock: Clock
) -> None:
    fail(breaker, KeyRefused)
    clock.now += 60
    assert breaker.allows(DEMO, P)
    clock.now += PROBE_S
    assert breaker.allows(DEMO, P)
    assert not breaker.allows(DEMO, P)


def test_requests_begun_before_it_opened_do_not_keep_it_open_longer(
    breaker: Breaker, clock: Clock
) -> None:
    fail(breaker, ProviderTimeout, 40)
    assert opened_for(breaker, clock) == 15


def test_a_failure_that_lasts_after_ones_that_pass_waits_as_long_as_it_needs(
    breaker: Breaker, clock: Clock
) -> None:
    fail(breaker, ProviderTimeout, 3)
    opened_for(breaker, clock)
    fail(breaker, QuotaUsedUp)
    assert opened_for(breaker, clock) == 60


def test_companies_and_providers_do_not_share_one(breaker: Breaker) -> None:
    other = replace(DEMO, slug="acme")
    fail(breaker, KeyRefused)
    assert not breaker.allows(DEMO, P)
    assert breaker.allows(other, P)
    assert breaker.allows(DEMO, "elevenlabs")


def test_it_tells_what_opened_it(breaker: Breaker) -> None:
    fail(breaker, ProviderTimeout)
    assert breaker.why(DEMO, P) is None
    fail(breaker, QuotaUsedUp)
    assert isinstance(breaker.why(DEMO, P), QuotaUsedUp)


def test_what_it_keeps_is_bounded_and_the_oldest_goes_first(clock: Clock) -> None:
    breaker = Breaker(clock, kept=2)
    companies: list[Company] = [replace(DEMO, slug=f"c-{n}") for n in range(3)]
    for company in companies:
        breaker.failed(company, P, KeyRefused("it failed", "mend it"))
    assert [breaker.allows(company, P) for company in companies] == [True, False, False]


@given(st.lists(st.tuples(st.sampled_from([*LASTING, *PASSING, None]), st.integers(0, 700))))
def test_whatever_happens_it_never_stays_shut_longer_than_its_greatest_time(
    events: list[tuple[type[ProviderFailed] | None, int]],
) -> None:
    clock = Clock()
    breaker = Breaker(clock)
    for kind, seconds in events:
        clock.now += seconds
        if breaker.allows(DEMO, P):
            if kind is None:
                breaker.succeeded(DEMO, P)
            else:
                fail(breaker, kind)
    clock.now += 600
    assert breaker.allows(DEMO, P)
