"""What an HTTP status of a provider means, where it does not say so itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.errors import (
    ContextTooLong,
    KeyRefused,
    ProviderTimeout,
    QuotaUsedUp,
    RateLimited,
    UnknownModel,
)

if TYPE_CHECKING:
    from clientsvia.errors import ProviderFailed

STATUSES: dict[int, type[ProviderFailed]] = {
    401: KeyRefused,
    402: QuotaUsedUp,
    403: KeyRefused,
    404: UnknownModel,
    408: ProviderTimeout,
    413: ContextTooLong,
    429: RateLimited,
    504: ProviderTimeout,
}
