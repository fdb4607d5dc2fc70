"""Mail handed in at a real SMTP server."""

from __future__ import annotations

import socket
import ssl
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.errors import (
    KeyRefused,
    ProviderFailed,
    ProviderTimeout,
    ProviderUnreachable,
    Undeliverable,
)
from clientsvia.notices.notice import NoticeKind
from clientsvia.providers.smtp import MailServer, Secrecy, SmtpCarrier, mail_server
from tests.notices.samples import AT, MESSAGE, OFFICE, Clock, company, delivery, notice
from tests.providers.mail import PASSWORD, USER, Mailroom, authenticate, certified, mailroom

if TYPE_CHECKING:
    from pathlib import Path

    from clientsvia.companies.company import Company
    from clientsvia.notices.delivery import Delivery

SENDER = "Acme Answers <answers@acme.example>"


def carrier(port: int, sender: str = SENDER, **fields: Any) -> SmtpCarrier:
    options: dict[str, Any] = {}
    if trusted := fields.pop("trusted", None):
        options["tls"] = lambda: trusted
    server = replace(MailServer("127.0.0.1", port, Secrecy.NONE), **fields)
    return SmtpCarrier(server, sender, Clock(), timeout_s=2, **options)


async def carry(
    room: Mailroom, told: Delivery | None = None, to: Company | None = None, **fields: Any
) -> str:
    return await carrier(room.port, **fields).carry(told or delivery(), to or company())


async def failure(room: Mailroom, **fields: Any) -> ProviderFailed:
    with pytest.raises(ProviderFailed) as failed:
        await carry(room, **fields)
    assert PASSWORD not in str(failed.value)
    assert failed.value.remedy
    return failed.value


async def test_a_mail_arrives_with_what_mailboxes_go_by() -> None:
    with mailroom() as room:
        receipt = await carry(room)

    (mail,) = room.mails
    assert receipt == "OK: queued as 1"
    assert mail["From"] == SENDER
    assert mail["To"] == OFFICE
    assert mail["Subject"] == "Message from Jo Berg: my sink leaks"
    assert mail["Date"].datetime == AT
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Importance"] is None
    assert "my sink leaks" in mail.get_content()
    assert room.envelopes[0].mail_from == "answers@acme.example"
    assert room.envelopes[0].rcpt_tos == [OFFICE]


async def test_a_second_attempt_has_the_same_message_id() -> None:
    with mailroom() as room:
        await carry(room)
        await carry(room, replace(delivery(), attempts=1))
        await carry(room, delivery(address="other@gulf.example"))

    first, again, other = (mail["Message-ID"] for mail in room.mails)
    assert first == again == f"<{delivery().id}@acme.example>"
    assert other != first


async def test_an_urgent_mail_is_marked_so() -> None:
    with mailroom() as room:
        await carry(room, delivery(notice(urgent=True)))

    assert room.mails[0]["Importance"] == "high"
    assert room.mails[0]["Subject"].startswith("URGENT: ")


async def test_callers_cannot_write_headers() -> None:
    evil = "Jo\r\nBcc: everybody@elsewhere.example\r\n\r\nBuy this\x00\x0b\u2028"
    with mailroom() as room:
        await carry(room, delivery(notice(data=MESSAGE | {"name": evil, "reason": evil})))

    (mail,) = room.mails
    assert mail["Bcc"] is None
    assert room.envelopes[0].rcpt_tos == [OFFICE]
    assert "Bcc: everybody" in mail["Subject"]
    assert mail.get_content_type() == "text/plain"


async def test_every_script_arrives_as_it_was() -> None:
    said = MESSAGE | {"name": "Zoë Ødegård", "reason": "le lavabo fuit 漏水 " * 30}
    with mailroom() as room:
        await carry(room, delivery(notice(data=said)), sender="Büro <answers@bücher.example>")

    (mail,) = room.mails
    assert "Zoë Ødegård" in mail["Subject"]
    assert "漏水" in mail.get_content()
    assert mail["From"].addresses[0].display_name == "Büro"
    assert mail["From"].addresses[0].domain == "xn--bcher-kva.example"
    content = room.envelopes[0].content
    assert isinstance(content, bytes)
    assert max(map(len, content.splitlines())) <= 998


async def test_the_operator_is_told_without_a_company() -> None:
    data = {"what": "Webhooks are refused", "company": "demo", "remedy": "see the token"}
    told = notice(company="", kind=NoticeKind.OPERATOR, data=data)
    with mailroom() as room:
        await carrier(room.port).carry(delivery(told), None)

    assert room.mails[0]["Subject"] == "Webhooks are refused (demo)"


async def test_a_user_signs_in_by_starttls(tmp_path: Path) -> None:
    shown, trusted = certified(tmp_path)
    options: dict[str, Any] = {
        "tls_context": shown,
        "require_starttls": True,
        "auth_required": True,
    }
    with mailroom(authenticator=authenticate, **options) as room:
        await carry(room, secrecy=Secrecy.STARTTLS, trusted=trusted, user=USER, password=PASSWORD)

    assert len(room.mails) == 1
    assert room.sessions[0].ssl is not None
    assert room.sessions[0].authenticated


async def test_tls_may_begin_with_the_connection(tmp_path: Path) -> None:
    shown, trusted = certified(tmp_path)
    with mailroom(tls=shown) as room:
        await carry(room, secrecy=Secrecy.TLS, trusted=trusted)

    assert len(room.mails) == 1


async def test_a_wrong_password_is_told_without_showing_it(tmp_path: Path) -> None:
    shown, trusted = certified(tmp_path)
    with mailroom(authenticator=authenticate, tls_context=shown) as room:
        failed = await failure(
            room, secrecy=Secrecy.STARTTLS, trusted=trusted, user=USER, password="canary-wrong"
        )

    assert isinstance(failed, KeyRefused)
    assert "535" in failed.found
    assert "canary" not in str(failed)
    assert not room.mails


@pytest.mark.parametrize("secrecy", [Secrecy.STARTTLS, Secrecy.TLS])
async def test_a_server_nobody_vouches_for_gets_nothing(tmp_path: Path, secrecy: Secrecy) -> None:
    shown, _ = certified(tmp_path)
    options: dict[str, Any] = {"tls": shown} if secrecy is Secrecy.TLS else {"tls_context": shown}
    with mailroom(**options) as room:
        failed = await failure(room, secrecy=secrecy, trusted=ssl.create_default_context())

    assert isinstance(failed, ProviderUnreachable)
    assert "not trusted" in failed.found
    assert not room.mails


async def test_a_server_without_tls_gets_no_password() -> None:
    with mailroom() as room:
        failed = await failure(room, secrecy=Secrecy.STARTTLS, user=USER, password=PASSWORD)

    assert "STARTTLS" in failed.found
    assert not room.mails


@pytest.mark.parametrize(
    ("command", "reply", "permanent", "found"),
    [
        ("RCPT", "550 no such mailbox", True, "refuses the address: 550 no such mailbox"),
        ("RCPT", "450 try again later", False, "refuses the address: 450 try again later"),
        ("DATA", "554 spam", True, "refuses the mail: 554 spam"),
        ("DATA", "451 busy", False, "refuses the mail: 451 busy"),
        ("MAIL", "553 not yours", False, "refuses the sender: 553 not yours"),
    ],
)
async def test_each_refusal_has_its_cause_and_remedy(
    command: str, reply: str, *, permanent: bool, found: str
) -> None:
    with mailroom(Mailroom(answers=[(command, reply)])) as room:
        failed = await failure(room)
        assert await carry(room)

    assert found in failed.found
    assert isinstance(failed, Undeliverable) is permanent


async def test_a_server_that_is_not_there_is_told() -> None:
    with mailroom() as room:
        pass
    failed = await failure(room)
    assert isinstance(failed, ProviderUnreachable)
    assert "cannot be reached" in failed.found


async def test_a_server_that_says_nothing_is_given_up_on() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        failed = await failure(Mailroom(silent.getsockname()[1]))
    assert isinstance(failed, ProviderTimeout)


async def test_reaching_a_server_sends_nothing(tmp_path: Path) -> None:
    shown, trusted = certified(tmp_path)
    with mailroom(authenticator=authenticate, tls_context=shown) as room:
        good: dict[str, Any] = {"secrecy": Secrecy.STARTTLS, "trusted": trusted, "user": USER}
        await carrier(room.port, password=PASSWORD, **good).reach()
        with pytest.raises(KeyRefused):
            await carrier(room.port, password="wrong-one", **good).reach()

    assert not room.mails


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://127.0.0.1:1025", MailServer("127.0.0.1", 1025, Secrecy.NONE)),
        ("smtp://localhost", MailServer("localhost", 25, Secrecy.NONE)),
        ("smtp://mail.example", MailServer("mail.example", 587, Secrecy.STARTTLS)),
        ("smtps://mail.example", MailServer("mail.example", 465, Secrecy.TLS)),
        (
            "smtp://an%40acme.example:p%2Fw@mail.example:2525",
            MailServer("mail.example", 2525, Secrecy.STARTTLS, "an@acme.example", "p/w"),
        ),
    ],
)
def test_an_address_of_a_server_is_read(url: str, server: MailServer) -> None:
    assert mail_server(url) == server
    assert "p/w" not in repr(server)


def test_the_package_is_not_loaded_until_mail_is_sent() -> None:
    code = (
        "import clientsvia.wiring, sys; "
        "sys.exit(any(n in sys.modules for n in ('aiosmtplib', 'httpx2', 'twilio.rest')))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
