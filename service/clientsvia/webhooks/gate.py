"""Is this request really from Twilio, and from the account of the company it names?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.probe import PROBE_CALL
from clientsvia.errors import RequestRefused
from clientsvia.notices.alarms import Alarm
from clientsvia.telephony.signature import verify

if TYPE_CHECKING:
    from clientsvia.companies.company import Company, TwilioAccount
    from clientsvia.notices.alarms import Alarms
    from clientsvia.notices.sightings import Sightings
    from clientsvia.webhooks.inbound import Inbound

SIGNATURE_HEADER = b"x-twilio-signature"
_SEE = "mend what is found, then see: clientsvia doctor; until then these calls are not answered"
SETTINGS_HEADER = b"x-twilio-webhooks-signature-settings"


@dataclass(frozen=True, slots=True)
class Gate:
    """Checks signatures against the company's own account, else against the platform's.

    ``origin`` is the public one as configured at Twilio. ``platform`` may sign for every company.
    What is refused is counted among the ``alarms``, and noted of its number in ``sightings``.
    """

    origin: str
    alarms: Alarms
    sightings: Sightings
    platform: TwilioAccount | None = None
    enabled: bool = True

    def check(self, inbound: Inbound, company: Company | None) -> None:
        """Return if the request is genuine; raises RequestRefused with the reason it can find."""
        if not self.enabled:
            return
        try:
            self._check(inbound, company)
        except RequestRefused as refusal:
            slug = company.slug if company else ""
            self.alarms.note(Alarm.SIGNATURE, slug, refusal.reason, _SEE)
            if company and inbound.called in company.numbers and inbound.call_sid != PROBE_CALL:
                self.sightings.refused(slug, inbound.called, refusal.reason)
            raise
        inbound.timeline.mark("verify")

    def _check(self, inbound: Inbound, company: Company | None) -> None:
        tokens = self._tokens(inbound, company)
        if not inbound.request.raw_header(SIGNATURE_HEADER):
            raise RequestRefused("no X-Twilio-Signature: requests must come from Twilio")
        if not tokens:
            raise RequestRefused(self._no_account(inbound, company))
        if not self._signed(inbound, tokens, self.origin):
            raise RequestRefused(self._mismatch(inbound, company, tokens))

    def _tokens(self, inbound: Inbound, company: Company | None) -> tuple[str, ...]:
        own, platform, sid = company and company.twilio, self.platform, inbound.account_sid
        tokens = own.tokens if own and own.sid == sid else ()
        return tokens + platform.tokens if platform and platform.sid == sid else tokens

    def _signed(self, inbound: Inbound, tokens: tuple[str, ...], origin: str) -> bool:
        request = inbound.request
        signature = request.raw_header(SIGNATURE_HEADER).decode("latin1")
        settings = request.raw_header(SETTINGS_HEADER)
        sha256 = bool(settings) and _wants_sha256(settings.decode("latin1"))
        return verify(tokens, origin + request.target(), inbound.form, signature, sha256=sha256)

    def _no_account(self, inbound: Inbound, company: Company | None) -> str:
        sid = inbound.account_sid[:34] or "none"
        if company and company.twilio:
            return f"account {sid} is not the company's: its profile names {company.twilio.sid}"
        return (
            f"no auth token for account {sid}: add twilio.account_sid and twilio.auth_tokens to "
            "the company's profile, or set CLIENTSVIA_TWILIO_ACCOUNT_SID and _AUTH_TOKENS"
        )

    def _mismatch(self, inbound: Inbound, company: Company | None, tokens: tuple[str, ...]) -> str:
        """Why a signature may be wrong, found by trying what people get wrong."""
        for origin in self._guesses(inbound):
            if self._signed(inbound, tokens, origin):
                return (
                    f"would match with public origin {origin}: set CLIENTSVIA_PUBLIC_ORIGIN to it, "
                    f"or the webhook URL at Twilio to {self.origin}"
                )
        accounts = (company.twilio if company else None, self.platform)
        others = tuple(token for a in accounts if a for token in a.tokens if token not in tokens)
        if others and self._signed(inbound, others, self.origin):
            return "token of another account: is AccountSid the one that owns the number?"
        return "the signature matches no token: is the auth token current, and the URL unchanged?"

    def _guesses(self, inbound: Inbound) -> list[str]:
        """Origins the request itself hints at, other than the configured one."""
        request = inbound.request
        hosts = (
            self.origin.partition("://")[2],
            request.get_header("Host") or "",
            request.get_header("X-Forwarded-Host") or "",
        )
        origins = (f"{scheme}://{host}" for host in hosts if host for scheme in ("https", "http"))
        return [origin for origin in dict.fromkeys(origins) if origin != self.origin]


def _wants_sha256(settings: str) -> bool:
    """Whether ``key=…,algorithm=HMAC_SHA256`` asks for it; otherwise it is SHA-1."""
    fields = dict(part.strip().partition("=")[::2] for part in settings.split(","))
    return fields.get("algorithm") == "HMAC_SHA256"
