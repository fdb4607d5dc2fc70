"""A breaker that tells people what opened it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from clientsvia.calls.breaker import Breaker

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.calls.money.provider_errors import ProviderErrors
    from clientsvia.companies.company import Company
    from clientsvia.errors import ProviderFailed

log = structlog.get_logger(__name__)


class WatchedBreaker(Breaker):
    """Counts every failure, and logs it with its remedy."""

    def __init__(self, clock: Callable[[], float], errors: ProviderErrors) -> None:
        super().__init__(clock)
        self._errors = errors

    def failed(self, company: Company, provider: str, error: ProviderFailed) -> None:
        """Note that the provider did not answer."""
        super().failed(company, provider, error)
        self._errors.note(company, provider, error)
        log.warning(
            "a provider failed",
            company=company.slug,
            provider=provider,
            error=type(error).__name__,
            found=error.found,
            remedy=error.remedy,
        )
