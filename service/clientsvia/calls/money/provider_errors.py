"""What providers refused or failed at, counted for whoever mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.money.usage import ErrorKey, Failures
from clientsvia.logs import without_secrets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.calls.ports import Clock
    from clientsvia.companies.company import Company
    from clientsvia.errors import ProviderFailed

_LONGEST = 300  # of a text that came from elsewhere


class ProviderErrors:
    """Failures by company, hour, provider and class; they wait to be stored as in Ledger."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._waiting: dict[ErrorKey, Failures] = {}
        self._taken: dict[ErrorKey, Failures] = {}

    def note(self, company: Company, provider: str, error: ProviderFailed) -> None:
        """Count a failure; returns at once and never raises."""
        now = self._clock.now()
        hour = now.replace(minute=0, second=0, microsecond=0)
        key = ErrorKey(company.slug, hour, provider, type(error).__name__)
        found, remedy = (without_secrets(text)[:_LONGEST] for text in (error.found, error.remedy))
        _add(self._waiting, key, Failures(1, now, found, remedy))

    def take(self) -> Mapping[ErrorKey, Failures]:
        """What has been counted and not been stored yet."""
        self._taken, self._waiting = self._waiting, {}
        return self._taken

    @property
    def unstored(self) -> int:
        """How many failures wait for the book, or are being stored."""
        return sum(one.count for one in (*self._taken.values(), *self._waiting.values()))

    def settle(self) -> None:
        """What was taken is stored."""
        self._taken = {}

    def restore(self) -> None:
        """What was taken is not stored: it waits again."""
        for key, failures in self._taken.items():
            _add(self._waiting, key, failures)
        self._taken = {}


def _add(waiting: dict[ErrorKey, Failures], key: ErrorKey, failures: Failures) -> None:
    before = waiting.get(key)
    waiting[key] = failures if before is None else before + failures
