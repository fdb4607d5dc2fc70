"""What the people's edge needs of the outside: the accounts at Twilio, and how Redis does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from clientsvia.companies.company import TwilioAccount


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """What Twilio asks when a call comes in; an empty text is a field that is not set."""

    url: str
    method: str
    fallback_url: str
    fallback_method: str
    status_url: str
    status_method: str


@dataclass(frozen=True, slots=True)
class NumberAtTwilio:
    """A number as its account has it.

    ``voice`` is what is in force: that of the TwiML app ``application_sid`` where the number has
    one. ``trunk_sid`` and a ``receive_mode`` other than ``voice`` bypass it altogether.
    """

    number: str
    voice: VoiceSettings
    application_sid: str
    trunk_sid: str
    receive_mode: str


class TwilioAccounts(Protocol):
    """The accounts at Twilio, asked over its REST API."""

    async def number(self, account: TwilioAccount, number: str) -> NumberAtTwilio | None:
        """This E.164 number as the account has it, None when it owns no such number.

        Raises ProviderFailed when Twilio cannot be asked, or does not accept the account's tokens.
        """


class Tested(Protocol):
    """What is known of the owners' addresses."""

    async def tested(self, company: str) -> frozenset[str]:
        """The addresses of a company that a test message has reached, as ``email:ADDRESS``."""


class Shared(Protocol):
    """What several workers or hosts share through, and can do without."""

    place: str

    async def ping(self) -> None:
        """Return when it answers; raises StoreUnavailable with a remedy when it does not."""


class MailServer(Protocol):
    """Where mail is handed in."""

    async def reach(self) -> None:
        """Connect and sign in, and send nothing; raises ProviderFailed with a remedy."""
