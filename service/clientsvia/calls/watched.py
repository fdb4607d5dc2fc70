"""A breaker that tells people what opened it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from clientsvia.calls.breaker import Breaker
    from clientsvia.calls.provider_errors import ProviderErrors
    from clientsvia.companies.company import Company
    from clientsvia.errors import ProviderFailed

log = structlog.get_logger(__name__)


class WatchedBreaker:
    """Does as ``breaker``; every failure is counted, and logged with its remedy."""

    def __init__(self, breaker: Breaker, errors: ProviderErrors) -> None:
        self._breaker = breaker
        self._errors = errors

    def allows(self, company: Company, provider: str) -> bool:
        """Whether to ask now; memory only."""
        return self._breaker.allows(company, provider)

    def succeeded(self, company: Company, provider: str) -> None:
        """Note that the provider answered."""
        self._breaker.succeeded(company, provider)

    def failed(self, company: Company, provider: str, error: ProviderFailed) -> None:
        """Note that it did not."""
        self._breaker.failed(company, provider, error)
        self._errors.note(company, provider, error)
        log.warning(
            "a provider failed",
            company=company.slug,
            provider=provider,
            error=type(error).__name__,
            found=error.found,
            remedy=error.remedy,
        )
