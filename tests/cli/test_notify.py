"""Owners told for real: by a mail server, a stand-in for Twilio's API, and the store's outbox."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli import app
from clientsvia.cli.session import open_stores
from tests.contracts.samples import company
from tests.notices.samples import MOBILE, OFFICE, notice
from tests.providers.mail import Mailroom, mailroom
from tests.providers.twilio_api import SID, TOKEN, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from typer.testing import Result

pytestmark = pytest.mark.usefixtures("environment")
FROM = "answers@answers.example"
SENDER = "+12395551212"


@pytest.fixture
def room(environment: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailroom]:
    assert environment.exists()
    with mailroom() as served:
        monkeypatch.setenv("CLIENTSVIA_SMTP_URL", f"smtp://127.0.0.1:{served.port}")
        monkeypatch.setenv("CLIENTSVIA_MAIL_FROM", FROM)
        yield served


def save(**notify: Any) -> None:
    async def saved() -> None:
        async with open_stores(create=True) as stores:
            twilio = {"account_sid": SID, "auth_tokens": [TOKEN]}
            await stores.companies.save([company("acme", SENDER, notify=notify, twilio=twilio)])

    asyncio.run(saved())


def notify(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["notify", *arguments], env={"COLUMNS": "200"})


def told(*arguments: str) -> dict[str, Any]:
    found = orjson.loads(notify(*arguments, "--json").stdout)
    assert isinstance(found, dict)
    return found


def reached() -> frozenset[str]:
    async def ask() -> frozenset[str]:
        async with open_stores() as stores:
            return await stores.outbox.tested("acme")

    return asyncio.run(ask())


def test_a_test_that_arrives_makes_the_address_a_tested_one(room: Mailroom) -> None:
    save(email=[OFFICE, "b@gulf.example"])

    done = notify("test", "acme")

    assert done.exit_code == 0
    assert "sent" in done.stdout
    assert {mail["To"] for mail in room.mails} == {OFFICE, "b@gulf.example"}
    assert {mail["Subject"] for mail in room.mails} == {"A test for Acme"}
    assert reached() == {f"email:{OFFICE}", "email:b@gulf.example"}


def test_a_test_that_fails_says_why_and_what_to_do(room: Mailroom) -> None:
    save(email=[OFFICE])
    room.always["RCPT"] = "550 no such mailbox"

    done = notify("test", "acme")

    assert done.exit_code == 1
    assert "refused" in done.stdout
    assert "550 no such mailbox" in done.stdout
    assert "correct it under notify.email" in done.stdout
    assert reached() == frozenset()


def test_without_a_mail_server_a_test_says_what_to_set() -> None:
    save(email=[OFFICE])
    (one,) = told("test", "acme")["deliveries"]
    assert one["state"] == "given-up"
    assert "CLIENTSVIA_SMTP_URL" in one["remedy"]


def test_text_messages_are_tested_by_the_companys_account(
    room: Mailroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with running() as api:
        monkeypatch.setenv("CLIENTSVIA_TWILIO_API", api.url)
        save(sms=[MOBILE], sms_from=SENDER)
        (one,) = told("test", "acme")["deliveries"]
        assert one["state"] == "sent"
        assert MOBILE not in str(one)
        assert api.messages[0]["To"] == MOBILE
        assert not room.mails
        (full,) = orjson.loads(notify("list", "acme", "--numbers", "--json").stdout)["deliveries"]
        assert full["address"] == MOBILE


def test_a_company_that_names_nobody_is_told_how_to() -> None:
    save()
    done = notify("test", "acme")
    assert done.exit_code == 1
    assert "notify.email" in " ".join(done.stdout.split())


@pytest.mark.parametrize("command", ["test", "secret", "list"])
def test_an_unknown_company_is_refused(command: str) -> None:
    save()
    done = notify(command, "nobody")
    assert "no company is called 'nobody'" in str(done.exception)


def test_what_was_told_is_listed_newest_first(room: Mailroom) -> None:
    save(email=[OFFICE])
    notify("test", "acme")
    room.always["DATA"] = "451 busy"
    notify("test", "acme")

    listed = told("list", "acme")["deliveries"]

    assert [one["state"] for one in listed] == ["given-up", "sent"]
    assert {one["kind"] for one in listed} == {"test"}
    shown = notify("list").stdout
    assert "451 busy" in shown
    assert "→ it is tried again" in shown
    assert told("list", "operator") == {"waiting": [], "deliveries": []}
    assert len(told("list", "--limit", "1")["deliveries"]) == 1


def test_what_waits_for_somebody_to_tell_is_listed_too() -> None:
    save()

    async def add() -> None:
        async with open_stores() as stores:
            await stores.outbox.add([notice(company="acme")])

    asyncio.run(add())
    assert "1 notice waits" in notify("list").stdout
    (waiting,) = told("list", "acme")["waiting"]
    assert (waiting["state"], waiting["kind"]) == ("unaddressed", "message")


def test_before_anything_was_told_it_says_so() -> None:
    save()
    assert "Nothing was told yet" in notify("list").stdout


def test_a_secret_is_shown_and_stays_the_same() -> None:
    save()
    shown = notify("secret", "acme").stdout
    assert shown.startswith("whsec_")
    assert told("secret", "acme") == {"company": "acme", "secrets": shown.split()}
