from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from structlog.testing import capture_logs

from clientsvia.calls.money.provider_errors import ProviderErrors
from clientsvia.calls.watched import WatchedBreaker
from clientsvia.errors import QuotaUsedUp
from clientsvia.providers.clock import StartedClock
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

QUOTA = QuotaUsedUp("no money is left", "add some")


def test_what_opens_it_is_counted_and_logged_with_its_remedy(demo: Company) -> None:
    errors = ProviderErrors(StartedClock(OPEN))
    breaker = WatchedBreaker(lambda: 0.0, errors)
    with capture_logs() as logged:
        breaker.failed(demo, "openai", QUOTA)
    assert not breaker.allows(demo, "openai")
    assert breaker.allows(replace(demo, slug="other"), "openai")
    ((key, failures),) = errors.take().items()
    assert (key.company, key.provider, key.error) == ("demo", "openai", "QuotaUsedUp")
    assert (failures.count, failures.remedy) == (1, "add some")
    assert [(line["company"], line["remedy"]) for line in logged] == [("demo", "add some")]
