"""What is looked at, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from clientsvia.companies.company import Company, TwilioAccount

VOICE_PATH = "/api/twilio/voice"
FALLBACK_PATH = "/api/twilio/fallback"
STATUS_PATH = "/api/twilio/status"
TIMING_PATH = "/api/twilio/speech-timing-test"


class Trouble(StrEnum):
    """The troubles of the product's documentation, in its words, and one that it leaves out."""

    WEBHOOK = "Webhook not responding"
    COMPANY = "Company not found"
    AI = "AI not responding"
    NOTICES = "Owner not told"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at; ``remedy`` is empty when it is well.

    ``error`` is the class of what a provider failed with, as in ``KeyRefused``.
    """

    trouble: Trouble
    what: str
    found: str
    remedy: str = ""
    error: str = ""

    @property
    def well(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.remedy


@dataclass(frozen=True, slots=True)
class Setup:
    """What is to be looked at.

    ``signed`` tells whether webhooks must be signed, ``called`` is the one number asked about, as
    typed, or empty. ``store`` is None for a store in memory, ``key_file`` where keys come from the
    environment. ``operator`` is the mailbox of who runs the service, or empty.
    """

    origin: str
    demo: bool
    signed: bool
    platform: TwilioAccount | None = None
    companies: tuple[Company, ...] = ()
    store: Path | None = None
    key_file: Path | None = None
    certificate: tuple[Path, Path] | None = None
    called: str = ""
    ask_twilio: bool = True
    operator: str = ""

    def accounts(self, company: Company) -> tuple[TwilioAccount, ...]:
        """The accounts whose tokens are known and may own this company's numbers."""
        known = (company.twilio, self.platform)
        return tuple(account for account in known if account is not None and account.tokens)
