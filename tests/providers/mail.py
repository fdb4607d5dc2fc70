"""A real SMTP server on loopback, in a thread of its own, that can refuse and go away."""

from __future__ import annotations

import ssl
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from tests.certificates import self_signed

if TYPE_CHECKING:
    from asyncio import Server
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from aiosmtpd.smtp import Envelope, Session

USER, PASSWORD = "answers", "canary-password"


@dataclass
class Mailroom:
    """What came in; each of ``answers`` (command, reply) is given once instead of a good one."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)
    always: dict[str, str] = field(default_factory=dict)

    def _answer(self, command: str) -> str:
        if self.answers and self.answers[0][0] == command:
            return self.answers.pop(0)[1]
        return self.always.get(command, "")

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        envelope.mail_from = address
        return self._answer("MAIL") or "250 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        if refusal := self._answer("RCPT"):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - likewise
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if refusal := self._answer("DATA"):
            return refusal
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        self.envelopes.append(envelope)
        self.sessions.append(session)
        return f"250 OK: queued as {len(self.mails)}"


def authenticate(
    _server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: Any
) -> Any:
    good = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=good, handled=False)


def certified(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a server shows, and what trusts it."""
    certificate, key = self_signed(folder)
    shown = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shown.load_cert_chain(certificate, key)
    return shown, ssl.create_default_context(cafile=certificate)


@contextmanager
def mailroom(
    room: Mailroom | None = None,
    tls: ssl.SSLContext | None = None,
    **options: Any,
) -> Iterator[Mailroom]:
    """Serve; with ``tls`` from the start, with the option ``tls_context`` after STARTTLS."""
    served = room or Mailroom()
    controller = _Controller(
        served, hostname="127.0.0.1", port=served.port, ssl_context=tls, **options
    )
    controller.start()
    served.port = controller.port
    try:
        yield served
    finally:
        controller.stop()


class _Controller(Controller):
    """One that may be given port 0, for any that is free."""

    def _trigger_server(self) -> None:
        self.port = cast("Server", self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]
