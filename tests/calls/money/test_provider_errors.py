"""What providers failed at is counted, and tells how to mend it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.money.provider_errors import ProviderErrors
from clientsvia.calls.money.usage import ErrorKey, Failures
from clientsvia.errors import KeyRefused, ProviderTimeout
from clientsvia.logs import conceal
from tests.calls.money.spending import SetClock
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

REFUSED = KeyRefused("the key was refused", "write a valid one")


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def errors(clock: SetClock) -> ProviderErrors:
    return ProviderErrors(clock)


def test_failures_are_counted_by_company_provider_and_class(
    errors: ProviderErrors, demo: Company
) -> None:
    other = replace(demo, slug="other")
    errors.note(demo, "openai", REFUSED)
    errors.note(demo, "openai", REFUSED)
    errors.note(demo, "openai", ProviderTimeout("no answer", "ask again"))
    errors.note(demo, "elevenlabs", REFUSED)
    errors.note(other, "openai", REFUSED)

    assert errors.unstored == 5
    told = {(k.company, k.provider, k.error): one.count for k, one in errors.take().items()}
    assert told == {
        ("demo", "openai", "KeyRefused"): 2,
        ("demo", "openai", "ProviderTimeout"): 1,
        ("demo", "elevenlabs", "KeyRefused"): 1,
        ("other", "openai", "KeyRefused"): 1,
    }


def test_an_hour_is_told_apart_from_the_next(
    errors: ProviderErrors, clock: SetClock, demo: Company
) -> None:
    for minutes in (0, 59, 60):
        clock.at = OPEN + timedelta(minutes=minutes)
        errors.note(demo, "openai", REFUSED)
    first, second = errors.take().items()
    assert first == (
        ErrorKey("demo", OPEN, "openai", "KeyRefused"),
        Failures(2, OPEN + timedelta(minutes=59), "the key was refused", "write a valid one"),
    )
    assert (second[0].hour, second[1].count) == (OPEN + timedelta(hours=1), 1)


def test_what_was_not_stored_waits_again(errors: ProviderErrors, demo: Company) -> None:
    errors.note(demo, "openai", REFUSED)
    errors.take()
    errors.note(demo, "openai", REFUSED)
    errors.restore()
    (failures,) = errors.take().values()
    assert failures.count == 2
    errors.settle()
    assert errors.unstored == 0


def test_texts_from_elsewhere_are_cut_and_hold_no_secret(
    errors: ProviderErrors, demo: Company
) -> None:
    conceal("canary-of-a-company")
    for secret in ("canary-of-a-company", "sk-proj-canary-0123456789"):
        errors.note(demo, "openai", KeyRefused(f"no key {secret}: {'x' * 9999}", secret))
        (failures,) = errors.take().values()
        assert "canary" not in failures.found + failures.remedy
        assert len(failures.found) == 300
