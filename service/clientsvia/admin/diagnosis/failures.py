"""What a failure of whoever answers or speaks means to people."""

from __future__ import annotations

from clientsvia.admin.diagnosis.checks import Check, Trouble
from clientsvia.errors import ClientsViaError, ProviderFailed


def failed(what: str, error: Exception, seconds: float) -> Check:
    """The check of something that failed, or did not answer within ``seconds``."""
    kind = type(error).__name__
    if isinstance(error, ProviderFailed):
        return Check(Trouble.AI, what, f"{error.found} ({kind})", error.remedy, kind)
    if isinstance(error, ClientsViaError):
        return Check(Trouble.AI, what, f"it fails ({kind})", str(error), kind)
    if isinstance(error, TimeoutError):
        remedy = "see the provider's status, and the service's log"
        return Check(Trouble.AI, what, f"no answer within {seconds:.0f} s", remedy, kind)
    found = f"it breaks: {kind}: {error}"
    return Check(Trouble.AI, what, found, "see the service's log, and report it", kind)
