"""What the people's edge needs of the outside: the accounts at Twilio, and how Redis does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
    from datetime import datetime

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
class NumberSettings:
    """What a number of its own says of its calls; those of a TwiML app win over ``voice``."""

    voice: VoiceSettings
    application_sid: str = ""


@dataclass(frozen=True, slots=True)
class NumberAtTwilio:
    """A number as its account has it.

    ``voice`` is what is in force: that of the TwiML app ``application_sid`` where the number has
    one, else ``own``. ``trunk_sid`` and a ``receive_mode`` other than ``voice`` bypass it
    altogether; one that is not ``speaks`` carries no calls at all.
    """

    number: str
    sid: str
    voice: VoiceSettings
    own: VoiceSettings
    application_sid: str
    trunk_sid: str
    receive_mode: str
    speaks: bool

    @property
    def settings(self) -> NumberSettings:
        """What can be put back on this number later."""
        return NumberSettings(self.own, self.application_sid)


@dataclass(frozen=True, slots=True)
class AccountAtTwilio:
    """An account as Twilio has it; one on ``trial`` is called by verified numbers alone."""

    name: str
    status: str
    trial: bool


@dataclass(frozen=True, slots=True)
class KeptSettings:
    """What a number of a company was set to ``at`` the moment before it was led here."""

    company: str
    number: str
    account_sid: str
    at: datetime
    before: NumberSettings


class TwilioAccounts(Protocol):
    """The accounts at Twilio, asked over its REST API.

    All raise ProviderFailed when Twilio cannot be asked, or does not accept the account's tokens.
    """

    async def number(self, account: TwilioAccount, number: str) -> NumberAtTwilio | None:
        """This E.164 number as the account has it, None when it owns no such number."""

    async def numbers(self, account: TwilioAccount) -> Sequence[NumberAtTwilio]:
        """Every number of the account, in Twilio's order."""

    async def update(
        self, account: TwilioAccount, sid: str, settings: NumberSettings
    ) -> NumberAtTwilio:
        """Set a number, by Twilio's ``sid`` of it; as it is afterwards."""

    async def account(self, account: TwilioAccount) -> AccountAtTwilio:
        """The account itself."""

    async def make_flow(
        self, account: TwilioAccount, name: str, definition: Mapping[str, Any]
    ) -> str:
        """Publish a flow of Twilio Studio, in the place of one of this name; where it answers."""


class KeptNumbers(Protocol):
    """What numbers at Twilio were set to before they were led here."""

    async def keep(self, kept: KeptSettings) -> None:
        """Remember it, in place of what was remembered of this number of the company."""

    async def kept(self, company: str, number: str) -> KeptSettings | None:
        """What is remembered of a number of the company, or None."""

    async def all_kept(self, company: str) -> Sequence[KeptSettings]:
        """What is remembered of all numbers of the company, by number."""

    async def forget(self, company: str, number: str) -> None:
        """Remember nothing more of it."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A recording on its way: its bytes in order, of ``length`` where it is known.

    ``content_range`` is not empty where it is a part of the sound. Whoever got one closes it.
    """

    chunks: AsyncIterator[bytes]
    content_type: str
    length: int | None
    content_range: str
    let_go: Callable[[], Awaitable[None]]

    def __aiter__(self) -> AsyncIterator[bytes]:
        """The bytes, which can be had once; raises ProviderFailed where they break off."""
        return self.chunks

    async def close(self) -> None:
        """Let go of the connection, whether all was read or not."""
        await self.let_go()


class Recordings(Protocol):
    """What callers recorded, where Twilio keeps it.

    ``url`` is that of a webhook: any but one of ``account``'s own at Twilio raises InvalidInput.
    """

    async def open(self, account: TwilioAccount, url: str, byte_range: str = "") -> Sound:
        """A recording's sound, or the part that a Range header's ``bytes=…`` names.

        Raises RecordingGone when there is none any more, else ProviderFailed.
        """

    async def delete(self, account: TwilioAccount, url: str) -> None:
        """Delete a recording and what Twilio wrote down of it; one that is gone is no failure.

        Raises ProviderFailed when Twilio cannot be asked, or does not accept the account's tokens.
        """

    async def close(self) -> None:
        """Let go of the connections."""


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
