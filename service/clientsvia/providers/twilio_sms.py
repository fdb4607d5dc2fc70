"""Notices as text messages, through the Twilio account of the company."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import structlog

from clientsvia.errors import ProviderFailed, Undeliverable
from clientsvia.notices.wording import word
from clientsvia.providers.twilio_client import REMEDIES, TIMEOUT_S, TwilioClient

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.companies.company import Company, TwilioAccount
    from clientsvia.notices.delivery import Delivery

log = structlog.get_logger(__name__)

LOOKS = (1.0, 2.0, 4.0, 8.0)
"""After how many seconds each is looked whether a message got through: a refusal comes late."""

_GONE = frozenset({"sent", "delivered", "read"})
_LOST = frozenset({"failed", "undelivered", "canceled"})
_OTHER_NUMBER = "correct the number under notify.sms in the profile, and import it"
_OTHER_SENDER = (
    "set notify.sms_from to a number of the same Twilio account that may send text messages, and "
    "import the profile"
)
_REGISTER = (
    "US networks block senders that are not registered: register the number's use (A2P 10DLC) at "
    "Console → Messaging → Regulatory Compliance, or let notify.sms_from be a verified toll-free "
    "number; until then name a mailbox under notify.email"
)

_PERMANENT: Mapping[int, str] = {
    21211: _OTHER_NUMBER,
    21212: _OTHER_SENDER,
    21408: "allow the country at Console → Messaging → Settings → Geo permissions",
    21606: _OTHER_SENDER,
    21608: "a trial account writes to verified numbers alone: verify this one, or upgrade it",
    21610: "its owner answered STOP: let them send START to the number in notify.sms_from",
    21612: _OTHER_SENDER,
    21614: "it takes no text messages: " + _OTHER_NUMBER,
    21617: "it is too long: tell the makers of this service",
    21659: _OTHER_SENDER,
    21660: _OTHER_SENDER,
    30004: "the network or its owner blocks the sender: " + _OTHER_NUMBER,
    30005: _OTHER_NUMBER,
    30006: "it is a landline, or cannot be reached: " + _OTHER_NUMBER,
    30007: "a network took it for spam: register the sender, or name a mailbox under notify.email",
    30032: "verify the toll-free number at Console → Phone Numbers → Regulatory Compliance",
    30034: _REGISTER,
}
_LATER = "it is tried again; see the message at Console → Monitor → Logs → Messaging"


class SmsCarrier:
    """Sends by the API at ``api``; ``platform`` pays for companies without an account."""

    def __init__(
        self,
        api: str,
        platform: TwilioAccount | None = None,
        timeout_s: float = TIMEOUT_S,
        looks: Sequence[float] = LOOKS,
    ) -> None:
        self._client = TwilioClient(api, timeout_s, _permanent)
        self._platform = platform
        self._looks = looks

    async def carry(self, delivery: Delivery, company: Company | None) -> str:
        """Send it, and return its SID once a network has taken it, or none has refused it yet.

        Twilio knows no idempotency keys: what a crash cut off may arrive twice.
        """
        account, sender = self._sender(company)
        text = word(delivery.notice, company).sms

        def send(client: Any) -> str:  # noqa: ANN401 - the package has no types
            message = client.messages.create(to=delivery.address, from_=sender, body=text)
            return str(message.sid)

        sid = await self._client.ask(account, send)
        try:
            await self._see(account, sid)
        except asyncio.CancelledError:
            log.info("a text message is sent, and was not looked after", sid=sid)
            # Whoever ends here must still record it as sent, or it would be sent again.
        return sid

    def _sender(self, company: Company | None) -> tuple[TwilioAccount, str]:
        account = (company.twilio if company else None) or self._platform
        sender = company.notify.sms_from if company else None
        if account is None:
            raise ProviderFailed(
                "there is no Twilio account to send it with",
                "add twilio.account_sid and twilio.auth_tokens to the profile, and import it",
            )
        if sender is None:
            raise Undeliverable("there is no number to send it from", _OTHER_SENDER)
        return account, sender

    async def _see(self, account: TwilioAccount, sid: str) -> None:
        """Raise what the networks said; return when they took it, or say nothing for long."""

        def look(client: Any) -> tuple[str, int]:  # noqa: ANN401 - the package has no types
            message = client.messages(sid).fetch()
            return str(message.status), int(message.error_code or 0)

        for pause in self._looks:
            await asyncio.sleep(pause)
            try:
                status, code = await self._client.ask(account, look)
            except ProviderFailed:
                continue  # it is sent: that nobody can tell more must not send it again
            if status in _LOST:
                found = f"it was not delivered (status {status}, error {code})"
                raise _permanent(code, found) or ProviderFailed(found, _LATER)
            if status in _GONE:
                return


def _permanent(code: int, found: str) -> ProviderFailed | None:
    """What another attempt would not mend."""
    if code in REMEDIES:
        return ProviderFailed(found, REMEDIES[code])
    return Undeliverable(found, _PERMANENT[code]) if code in _PERMANENT else None
