"""What OpenAI's package raises, as our errors: each with its cause and what a person can do."""

from __future__ import annotations

import re
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

    from openai import APIConnectionError, APIError

    from clientsvia.providers.accounts import Account

_SHOWN = 160
_LATER = "callers get what knowledge answers meanwhile; see the provider's status page"
_CODES: dict[str, type[ProviderFailed]] = {
    "invalid_api_key": KeyRefused,
    "insufficient_quota": QuotaUsedUp,
    "billing_hard_limit_reached": QuotaUsedUp,
    "billing_not_active": QuotaUsedUp,
    "rate_limit_exceeded": RateLimited,
    "model_not_found": UnknownModel,
    "context_length_exceeded": ContextTooLong,
    "string_above_max_length": ContextTooLong,
}
_REMEDIES: dict[type[ProviderFailed], str] = {
    KeyRefused: "copy the key anew from the provider's console into {place}",
    QuotaUsedUp: "add credit to the account that {place} is of, or raise its limit",
    RateLimited: "it passes by itself; where it comes often, have the account's limits raised",
    UnknownModel: (
        "see that ai.model, {model!r}, is one this account may use, and that {url} is the API's "
        "address"
    ),
    ContextTooLong: "shorten agent.instructions, or choose a model that takes more text",
}
_REPORT = "see that ai.model, {model!r}, is one that converses, and report it"
_BAD_REQUEST = frozenset({400, 422})
# Servers that are compatible otherwise have no codes, but sentences.
_SENTENCES = (
    (re.compile(r"context.{0,20}(length|window|size)|too many tokens|too long"), ContextTooLong),
    (re.compile(r"model.{0,80}(not found|not exist|not a valid|unknown)"), UnknownModel),
)


@dataclass(frozen=True, slots=True)
class Party:
    """Who was asked for which model, as a person knows them."""

    account: Account
    model: str


@contextmanager
def explained(party: Party, *, begun: bool) -> Iterator[None]:
    """Turn whatever the package raises into ProviderFailed; ``begun`` once the answer began.

    What is raised instead has no cause: the package's errors hold the request with its key.
    """
    import openai  # noqa: PLC0415 - PERF: 0.5 s, which was spent by whoever made the client

    try:
        yield
    except ProviderFailed:
        raise
    except TimeoutError:
        what = "its answer stopped half-way" if begun else "it did not begin to answer in time"
        raise ProviderTimeout(f"{party.account.host}: {what}", _LATER) from None
    except openai.APITimeoutError as error:
        raise _unreached(party, error) from None
    except openai.APIConnectionError as error:
        raise _unconnected(party, error, begun=begun) from None
    except openai.APIError as error:
        raise _refusal(party, error) from None
    except (ValueError, LookupError, TypeError, AttributeError, openai.OpenAIError) as error:
        raise broken(party, f"its answer makes no sense ({type(error).__name__})") from None


def broken(party: Party, what: str) -> ProviderBroken:
    """For an answer that makes no sense."""
    return ProviderBroken(f"{party.account.host}: {what}", _LATER)


def told(party: Party, code: str, message: str) -> ProviderFailed:
    """For an error that came within the answer."""
    kind = _CODES.get(code) or _by_sentence(message) or ProviderBroken
    what = f"it stopped answering ({code or 'no code'}: {_hidden(party, message)})"
    return kind(f"{party.account.host}: {what}", _remedy(kind, party))


def _unreached(party: Party, error: APIConnectionError) -> ProviderFailed:
    import httpx2  # noqa: PLC0415 - as in explained

    if isinstance(error.__cause__, httpx2.ConnectTimeout):
        return _no_connection(party, "no connection in time")
    what = "it did not answer in time"
    return ProviderTimeout(f"{party.account.host}: {what}", _LATER)


def _unconnected(party: Party, error: APIConnectionError, *, begun: bool) -> ProviderFailed:
    cause = error.__cause__
    if isinstance(cause, ProviderFailed):
        return cause
    name = type(cause).__name__ if cause else type(error).__name__
    if begun:
        return broken(party, f"it hung up in the middle of its answer ({name})")
    return _no_connection(party, name)


def _no_connection(party: Party, what: str) -> ProviderUnreachable:
    place = "OPENAI_BASE_URL" if party.account.trusted else "ai.base_url"
    remedy = f"see that this machine may reach it, its firewall and proxy, and {place}"
    return ProviderUnreachable(f"{party.account.host} cannot be reached ({what})", remedy)


def _refusal(party: Party, error: APIError) -> ProviderFailed:
    status = int(getattr(error, "status_code", 0))
    code = error.code or error.type or ""
    if not status:
        return told(party, code, error.message)
    kind = _CODES.get(error.code or "") or _CODES.get(error.type or "") or STATUSES.get(status)
    if kind is None:
        kind = (_by_sentence(error.message) if status in _BAD_REQUEST else None) or ProviderBroken
    what = f"{party.account.host} answers HTTP {status}" + (f", {code}" if code else "")
    if kind is ProviderBroken and status in _BAD_REQUEST:
        what += f": {_hidden(party, error.message)}"
    return kind(what, _remedy(kind, party, status))


def _by_sentence(message: str) -> type[ProviderFailed] | None:
    lowered = message.lower()
    return next((kind for pattern, kind in _SENTENCES if pattern.search(lowered)), None)


def _remedy(kind: type[ProviderFailed], party: Party, status: int = 0) -> str:
    remedy = _REMEDIES.get(kind)
    if status and status < 400:  # noqa: PLR2004 - HTTP's first error
        remedy = "it redirects, which is not followed: set the base URL to its final address"
    elif remedy is None:
        remedy = _REPORT if status in _BAD_REQUEST else _LATER
    account = party.account
    return remedy.format(place=account.key_place, model=party.model, url=account.base_url)


def _hidden(party: Party, message: str) -> str:
    """The provider's own words, shortened, without the key they may repeat."""
    key = party.account.api_key
    return (message.replace(key, "…") if key else message)[:_SHOWN]
