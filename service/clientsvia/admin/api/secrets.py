"""Secrets in the JSON API: told whether they are there, and taken, but never given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientsvia.admin.api.description import ApiModel
from clientsvia.companies.problems import Problem, refuse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clientsvia.companies.profile import CompanyProfile

SHOWN = 4
_LONG_ENOUGH = 16  # of a shorter one, four characters are too much of it

KEY = "api_key"
TOKENS = "auth_tokens"


class Secret(ApiModel):
    """A secret that is kept: whether there is one, and its ``last4`` characters if it is long.

    Sent back as it was given, it stays as it is.
    """

    set: bool
    last4: str = ""


def told(secret: str | None) -> dict[str, Any]:
    """What is told of a secret."""
    last4 = secret[-SHOWN:] if secret and len(secret) >= _LONG_ENOUGH else ""
    return {"set": bool(secret), "last4": last4}


def with_key(data: Mapping[str, Any]) -> dict[str, Any]:
    """A section as sent, with its key as a profile has it: null takes it away.

    A key that is left out, or sent as it was told, stays.
    """
    if not isinstance(data.get(KEY), dict):
        return {**data, KEY: ""} if KEY in data and data[KEY] is None else dict(data)
    return {name: value for name, value in data.items() if name != KEY}


def with_tokens(data: Mapping[str, Any], stored: CompanyProfile) -> dict[str, Any]:
    """Twilio's section as sent; tokens sent as they were told become those that are stored.

    Raises InvalidProfile for one of which there is none.
    """
    sent = data.get(TOKENS)
    if not isinstance(sent, list):
        return dict(data)
    kept = stored.twilio.auth_tokens if stored.twilio else ()
    return {**data, TOKENS: list(_tokens(sent, kept))}


def _tokens(sent: Sequence[Any], kept: Sequence[str]) -> Iterator[Any]:
    left = list(kept)
    for place, one in enumerate(sent, 1):
        if not isinstance(one, dict):
            yield one
            continue
        found = next((token for token in left if told(token) == one), None)
        if found is None:
            text = "is none of the stored tokens: write the token itself"
            raise refuse([Problem("", f"twilio.{TOKENS}[{place}]", text)])
        left.remove(found)
        yield found
