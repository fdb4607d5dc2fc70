"""Notices as mail, through the SMTP server of the service."""

from __future__ import annotations

import asyncio
import secrets
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from email.utils import format_datetime, parseaddr
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from clientsvia.errors import (
    KeyRefused,
    ProviderFailed,
    ProviderTimeout,
    ProviderUnreachable,
    Undeliverable,
)
from clientsvia.notices.wording import word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import aiosmtplib

    from clientsvia.calls.ports import Clock
    from clientsvia.companies.company import Company
    from clientsvia.notices.delivery import Delivery

TIMEOUT_S = 20.0
"""How long the server may take for each of its answers."""

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_PERMANENT = 500
_SHOWN = 200
_URL = "CLIENTSVIA_SMTP_URL"


class Secrecy(StrEnum):
    """How a connection is kept from being read on the way."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


PORTS = {Secrecy.NONE: 25, Secrecy.STARTTLS: 587, Secrecy.TLS: 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in; without a user, nobody signs in."""

    host: str
    port: int
    secrecy: Secrecy
    user: str = ""
    password: str = field(default="", repr=False)


def mail_server(url: str) -> MailServer:
    """Read ``smtp[s]://USER:PASSWORD@HOST:PORT``; by smtp, TLS begins with STARTTLS.

    Only a connection to this machine itself is left open.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    secrecy = Secrecy.NONE if host in _LOOPBACK else Secrecy.STARTTLS
    secrecy = Secrecy.TLS if parts.scheme == "smtps" else secrecy
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(host, parts.port or PORTS[secrecy], secrecy, user, password)


class SmtpCarrier:
    """Hands each mail in on a connection of its own; ``sender`` is as in ``Name <a@b.example>``.

    ``tls`` makes what certificates are judged by, in a thread.
    """

    def __init__(
        self,
        server: MailServer,
        sender: str,
        clock: Clock,
        tls: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._server = server
        self._sender = _mailbox(sender)
        self._clock = clock
        self._make_tls = tls
        self._tls: ssl.SSLContext | None = None
        self._timeout_s = timeout_s

    async def carry(self, delivery: Delivery, company: Company | None) -> str:
        """Hand it in, and return what the server said.

        The Message-ID is the same for each attempt: a mailbox that gets two can tell.
        """
        return await self._hand_in(self._notice(delivery, company))

    async def send(self, address: str, subject: str, body: str) -> None:
        """Hand in a mail that is no notice, once."""
        await self._hand_in(self._mail(address, subject, body, secrets.token_hex(16)))

    async def reach(self) -> None:
        """Connect and sign in, and send nothing; raises ProviderFailed."""
        client = await self._client()
        with _explained(self._server):
            try:
                await client.connect()
            finally:
                await _leave(client)

    async def _hand_in(self, mail: EmailMessage) -> str:
        client = await self._client()
        with _explained(self._server):
            try:
                await client.connect()
                _, answer = await client.send_message(mail)
            finally:
                await _leave(client)
        return answer

    async def _client(self) -> aiosmtplib.SMTP:
        import aiosmtplib  # noqa: PLC0415 - PERF: for those who have mail to send

        if self._tls is None:
            self._tls = await asyncio.to_thread(self._make_tls)
        server = self._server
        return aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            local_hostname=self._sender.domain,  # else a name server would be asked for it
            timeout=self._timeout_s,
            use_tls=server.secrecy is Secrecy.TLS,
            start_tls=server.secrecy is Secrecy.STARTTLS,
            tls_context=self._tls,
        )

    def _notice(self, delivery: Delivery, company: Company | None) -> EmailMessage:
        """What callers said is in the body, and in the subject without line ends."""
        words = word(delivery.notice, company)
        mail = self._mail(delivery.address, words.subject, words.body, delivery.id)
        if delivery.notice.urgent:
            mail["Importance"] = "high"
            mail["X-Priority"] = "1"
        return mail

    def _mail(self, address: str, subject: str, body: str, name: str) -> EmailMessage:
        mail = EmailMessage(POLICY)
        mail["From"] = self._sender
        mail["To"] = _mailbox(address)
        mail["Subject"] = subject
        mail["Date"] = format_datetime(self._clock.now())
        mail["Message-ID"] = f"<{name}@{self._sender.domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Auto-Response-Suppress"] = "All"
        mail.set_content(body, cte="quoted-printable")
        return mail


async def _leave(client: aiosmtplib.SMTP) -> None:
    """Say goodbye; what was handed in stays so, whatever the server makes of it."""
    from aiosmtplib import SMTPException  # noqa: PLC0415 - as in _client

    with suppress(SMTPException, OSError):
        if client.is_connected:
            await client.quit()
    client.close()


@contextmanager
def _explained(server: MailServer) -> Iterator[None]:
    """Turn whatever the package raises into ProviderFailed."""
    import aiosmtplib as smtp  # noqa: PLC0415 - as in SmtpCarrier._client

    where = f"the mail server {server.host}:{server.port}"
    try:
        yield
    except smtp.SMTPAuthenticationError as error:
        remedy = f"correct the user and the password in {_URL}, percent-encoded"
        raise KeyRefused(f"{where} refuses the user: {_told(error)}", remedy) from None
    except smtp.SMTPRecipientsRefused as error:
        raise _no_mailbox(where, error.recipients[0]) from None
    except smtp.SMTPSenderRefused as error:
        remedy = "set CLIENTSVIA_MAIL_FROM to an address this server may send for"
        raise ProviderFailed(f"{where} refuses the sender: {_told(error)}", remedy) from None
    except (smtp.SMTPTimeoutError, TimeoutError):
        remedy = f"see that it runs and that a firewall lets it be reached; else correct {_URL}"
        raise ProviderTimeout(f"{where} does not answer in time", remedy) from None
    except ssl.SSLError as error:
        raise _not_trusted(where, error) from None
    except smtp.SMTPConnectError as error:
        if isinstance(error.__cause__, ssl.SSLError):
            raise _not_trusted(where, error.__cause__) from None
        remedy = f"see that it runs and that a firewall lets it be reached; else correct {_URL}"
        raise ProviderUnreachable(f"{where} cannot be reached", remedy) from None
    except smtp.SMTPResponseException as error:
        raise _refused(where, error) from None
    except (smtp.SMTPException, OSError) as error:
        found = f"{where} fails ({type(error).__name__}: {str(error)[:_SHOWN]})"
        remedy = f"see its log; where it speaks TLS from the start, begin {_URL} with smtps://"
        raise ProviderUnreachable(found, remedy) from None


def _no_mailbox(where: str, error: aiosmtplib.SMTPRecipientRefused) -> ProviderFailed:
    found = f"{where} refuses the address: {_told(error)}"
    if error.code >= _PERMANENT:
        return Undeliverable(found, "correct it under notify.email in the profile, and import it")
    return ProviderFailed(found, "it is tried again: the mailbox may be full, or the server busy")


def _refused(where: str, error: aiosmtplib.SMTPResponseException) -> ProviderFailed:
    found = f"{where} refuses the mail: {_told(error)}"
    if error.code >= _PERMANENT:
        return Undeliverable(
            found, "see what it says, and its log; nothing was lost of the message"
        )
    return ProviderFailed(found, "it is tried again: the server may be busy")


def _not_trusted(where: str, error: ssl.SSLError) -> ProviderUnreachable:
    reason = getattr(error, "verify_message", "") or error.reason or "no TLS"
    remedy = "see its certificate, and SSL_CERT_FILE in the service's environment"
    return ProviderUnreachable(f"{where} is not trusted: {reason}", remedy)


def _told(error: aiosmtplib.SMTPResponseException | aiosmtplib.SMTPRecipientRefused) -> str:
    return f"{error.code} {' '.join(error.message.split())[:_SHOWN]}"


def _mailbox(text: str) -> Address:
    name, mailbox = parseaddr(text)
    user, _, domain = mailbox.rpartition("@")
    return Address(name, user, domain.encode("idna").decode())
