"""The one exception tree.

ClientsViaError              anything this product raises on purpose; its text says what to do next
├── ConfigurationError       the settings, the key file or the machine need a change before starting
├── InvalidInput             something a person or a peer sent cannot be used
│   ├── InvalidNumber        not a telephone number; ``reason`` is libphonenumber's label
│   ├── InvalidForm          a request body that is no form
│   ├── InvalidProfile       a company profile with wrong fields
│   ├── ChangedMeanwhile     an edit of what somebody else has changed since it was looked at
│   └── SignInRefused        no session: the password is wrong, or it is to be tried later
├── TwimlTooLarge            a document over Twilio's 64 kB (error 11750)
├── RequestRefused           a webhook that is not from who it says
├── ProviderFailed           a service we rely on refused, or did not answer
│   ├── KeyRefused           the key is missing, wrong, or may not do this
│   ├── QuotaUsedUp          the account has no money or no characters left
│   ├── RateLimited          too many requests at once, or in a minute
│   ├── UnknownModel         no such model or voice, or not for this account
│   ├── ContextTooLong       more text than the model takes
│   ├── ProviderTimeout      no answer in time, or one that stopped half-way
│   ├── ProviderUnreachable  no connection
│   ├── ProviderBroken       an error of the provider's own, or an answer that makes no sense
│   ├── RecordingGone        a recording that the provider has no more
│   └── Undeliverable        a notice that no other attempt would bring to its address
└── StoreUnavailable         the database did not answer in time
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


class ClientsViaError(Exception):
    """The root of everything this product raises on purpose."""


class ConfigurationError(ClientsViaError):
    """The settings, the key file or the machine need a change before starting."""


class InvalidInput(ClientsViaError):
    """Something a person or a peer sent cannot be used."""


class InvalidNumber(InvalidInput, ValueError):
    """Not a telephone number.

    ``reason`` is one of NOT_A_NUMBER, INVALID_COUNTRY_CODE, TOO_SHORT_AFTER_IDD, TOO_SHORT_NSN,
    TOO_LONG (it could not be parsed), NOT_POSSIBLE or NOT_VALID (it could).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"not a usable telephone number ({reason}): write it with its country code, "
            "for example +12395551212"
        )
        self.reason = reason


class InvalidForm(InvalidInput):
    """A request body that is no form; ``status`` is the HTTP status that says so."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class InvalidProfile(InvalidInput):
    """A company profile with wrong fields; the text lists each field and its remedy.

    ``problems`` are the same one by one, where they are known.
    """

    def __init__(self, text: str, problems: Sequence[Any] = ()) -> None:
        super().__init__(text)
        self.problems = problems


class ChangedMeanwhile(InvalidInput):
    """An edit of what somebody else has changed since it was looked at."""


class SignInRefused(InvalidInput):
    """No session: the password is wrong, or it is to be tried in ``retry_after`` seconds."""

    def __init__(self, message: str, retry_after: float = 0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TwimlTooLarge(ClientsViaError):
    """A document over Twilio's 64 kB (error 11750)."""


class RequestRefused(ClientsViaError):
    """A webhook that is not from who it says; ``reason`` is for the log, never for the caller."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ProviderFailed(ClientsViaError):
    """A service we rely on refused, or did not answer; ``found`` is the cause."""

    def __init__(self, found: str, remedy: str) -> None:
        super().__init__(f"{found}: {remedy}")
        self.found = found
        self.remedy = remedy


class KeyRefused(ProviderFailed):
    """The key is missing, wrong, or may not do this."""


class QuotaUsedUp(ProviderFailed):
    """The account has no money or no characters left."""


class RateLimited(ProviderFailed):
    """Too many requests at once, or in a minute."""


class UnknownModel(ProviderFailed):
    """No such model or voice, or not for this account."""


class ContextTooLong(ProviderFailed):
    """More text than the model takes."""


class ProviderTimeout(ProviderFailed):
    """No answer in time, or one that stopped half-way."""


class ProviderUnreachable(ProviderFailed):
    """No connection."""


class ProviderBroken(ProviderFailed):
    """An error of the provider's own, or an answer that makes no sense."""


class RecordingGone(ProviderFailed):
    """A recording that the provider has no more."""


class Undeliverable(ProviderFailed):
    """A notice that no other attempt would bring to its address."""


class StoreUnavailable(ClientsViaError):
    """The database did not answer in time."""
