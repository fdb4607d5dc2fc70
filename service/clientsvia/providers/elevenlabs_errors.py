"""What ElevenLabs' package raises, as our errors: each with its cause and what a person can do."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.errors import (
    ContextTooLong,
    KeyRefused,
    ProviderBroken,
    ProviderFailed,
    ProviderTimeout,
    ProviderUnreachable,
    QuotaUsedUp,
    RateLimited,
    UnknownModel,
)
from clientsvia.providers.statuses import STATUSES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from elevenlabs.core import ApiError

    from clientsvia.providers.accounts import Account

_SHOWN = 160
_LATER = "Twilio's voice speaks meanwhile; see ElevenLabs' status page"
# What went wrong stands in the body: a quota that is used up comes as HTTP 401, as a bad key does.
_REASONS: dict[str, type[ProviderFailed]] = {
    "invalid_api_key": KeyRefused,
    "missing_permissions": KeyRefused,
    "needs_authorization": KeyRefused,
    "detected_unusual_activity": KeyRefused,
    "quota_exceeded": QuotaUsedUp,
    "insufficient_credits": QuotaUsedUp,
    "payment_required": QuotaUsedUp,
    "payment_issue": QuotaUsedUp,
    "too_many_concurrent_requests": RateLimited,
    "rate_limit_exceeded": RateLimited,
    "system_busy": RateLimited,
    "voice_not_found": UnknownModel,
    "invalid_voice_id": UnknownModel,
    "voice_access_denied": UnknownModel,
    "model_not_found": UnknownModel,
    "invalid_model_id": UnknownModel,
    "model_access_denied": UnknownModel,
    "max_character_limit_exceeded": ContextTooLong,
    "text_too_long": ContextTooLong,
}
_REMEDIES: dict[type[ProviderFailed], str] = {
    KeyRefused: (
        "copy the key anew from ElevenLabs → Developers → API Keys into {place}, "
        "with the permission for text to speech"
    ),
    QuotaUsedUp: "add credits to the account that {place} is of; Twilio's voice speaks meanwhile",
    RateLimited: "it passes by itself; where it comes often, choose a larger plan",
    UnknownModel: (
        "see that voice.voice, {voice!r}, and voice.model, {model!r}, are of this account: "
        "ElevenLabs → Voices → My Voices shows their ids"
    ),
    ContextTooLong: "write shorter sentences in the profile, or choose another voice.model",
}


@dataclass(frozen=True, slots=True)
class Party:
    """Who was asked for which voice, as a person knows them."""

    account: Account
    voice: str
    model: str


@contextmanager
def explained(party: Party, *, begun: bool) -> Iterator[None]:
    """Turn whatever the package raises into ProviderFailed; ``begun`` once sound came.

    What is raised instead has no cause: the package's errors hold the request with its key.
    """
    import httpx  # noqa: PLC0415 - PERF: 0.4 s, which was spent by whoever made the client
    from elevenlabs.core import ApiError  # noqa: PLC0415 - see above

    try:
        yield
    except httpx.ConnectTimeout:
        raise _no_connection(party, "no connection in time") from None
    except (TimeoutError, httpx.TimeoutException):
        what = "its sound stopped half-way" if begun else "it did not begin to speak in time"
        raise ProviderTimeout(f"{party.account.host}: {what}", _LATER) from None
    except httpx.RequestError as error:
        name = type(error).__name__
        if begun:
            raise broken(party, f"it hung up in the middle of its sound ({name})") from None
        raise _no_connection(party, name) from None
    except ApiError as error:
        raise _refusal(party, error) from None
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise broken(party, f"its answer makes no sense ({type(error).__name__})") from None


def broken(party: Party, what: str) -> ProviderBroken:
    """For an answer that makes no sense."""
    return ProviderBroken(f"{party.account.host}: {what}", _LATER)


def _no_connection(party: Party, what: str) -> ProviderUnreachable:
    remedy = "see that this machine may reach it, its firewall and proxy, and ELEVENLABS_BASE_URL"
    return ProviderUnreachable(f"{party.account.host} cannot be reached ({what})", remedy)


def _refusal(party: Party, error: ApiError) -> ProviderFailed:
    status = error.status_code or 0
    reasons = _reasons(error.body)
    known = next((_REASONS[reason] for reason in reasons if reason in _REASONS), None)
    kind = known or STATUSES.get(status, ProviderBroken)
    what = ", ".join([f"{party.account.host} answers HTTP {status}", *reasons[:1]])
    remedy = _REMEDIES.get(kind, _LATER)
    return kind(
        what, remedy.format(place=party.account.key_place, voice=party.voice, model=party.model)
    )


def _reasons(body: object) -> list[str]:
    """ElevenLabs' names for what is wrong, the one that says most first; empty when it has none."""
    detail = body.get("detail") if isinstance(body, dict) else None
    if not isinstance(detail, dict):
        return []
    names = (detail.get("status"), detail.get("code"), detail.get("type"))
    return [name[:_SHOWN] for name in names if isinstance(name, str)]
