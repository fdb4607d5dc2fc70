"""Owners and the operator told by the real service, through a real mail server."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.request import Request, urlopen

import pytest
import yaml

from clientsvia.companies.files import as_data, demo_profile
from clientsvia.notices.notice import Notice, NoticeKind
from clientsvia.stores.sql.database import Database
from clientsvia.stores.sql.outbox import SqlOutbox
from tests.notices.samples import AT, MESSAGE, OFFICE
from tests.providers.mail import Mailroom, mailroom
from tests.providers.twilio_api import SID, TOKEN, running
from tests.serving import WEDNESDAY_NIGHT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.serving import Serve, Service

pytestmark = pytest.mark.journey
SECONDS = 60


async def until(done: Callable[[], bool]) -> None:
    deadline = monotonic() + SECONDS
    while not done():
        assert monotonic() < deadline, "nobody was told in time"
        await asyncio.sleep(0.05)


def told_by(room: Mailroom, **settings: str) -> dict[str, str]:
    url = f"smtp://127.0.0.1:{room.port}"
    return {"smtp_url": url, "mail_from": "answers@answers.example", **settings}


def profile(service: Service, folder: Path, **fields: Any) -> None:
    given = as_data(demo_profile()) | {"notify": {"email": [OFFICE]}} | fields
    path = folder / "demo.yaml"
    path.write_text(yaml.safe_dump(given))
    assert service.run("company", "import", str(path)).returncode == 0


async def test_a_message_of_a_caller_is_in_the_owners_mailbox_within_seconds(
    serve: Serve, tmp_path: Path
) -> None:
    with (
        mailroom() as room,
        serve(clock_start=WEDNESDAY_NIGHT, **told_by(room)) as service,
    ):
        profile(service, tmp_path, after_hours={"policy": "message"})
        result = await service.call(steps=[{"say": "My kitchen sink leaks."}], at_end="stay")
        await until(lambda: bool(room.mails))
        listed = service.clientsvia("notify", "list", "demo")
        secret = service.clientsvia("notify", "secret", "demo")

    assert result.ok, result.problems
    (mail,) = room.mails
    assert mail["To"] == OFFICE
    assert "Message from" in mail["Subject"]
    assert "tel:+1" in mail.get_content()
    (delivery,) = listed["deliveries"]
    assert (delivery["kind"], delivery["state"]) == ("message", "sent")
    assert mail["Message-ID"] == f"<{delivery['id']}@answers.example>"
    assert secret["secrets"][0].startswith("whsec_")


async def test_while_the_mail_server_is_away_nothing_is_lost(serve: Serve, tmp_path: Path) -> None:
    room = Mailroom()
    with mailroom(room):
        pass  # it has been there, and is gone
    with serve(clock_start=WEDNESDAY_NIGHT, **told_by(room)) as service:
        profile(service, tmp_path, after_hours={"policy": "message"})
        await service.call(steps=[{"say": "My kitchen sink leaks."}], at_end="stay")
        await until(lambda: "cannot be reached" in service.log.read_text())
        with mailroom(room):
            await until(lambda: bool(room.mails))
            await asyncio.sleep(2)
        (sent,) = service.clientsvia("notify", "list", "demo")["deliveries"]

    assert (sent["state"], sent["error"]) == ("sent", "")
    assert sent["attempts"] > 1
    assert len(room.mails) == 1


async def test_several_workers_tell_everything_once(serve: Serve, tmp_path: Path) -> None:
    with mailroom() as room, serve(workers="3", clock_start="", **told_by(room)) as service:
        profile(service, tmp_path, notify={"email": [f"{n}@gulf.example" for n in range(6)]})
        database = Database(service.environment["CLIENTSVIA_STORE"])
        notices = [
            Notice("demo", f"message:CA{n}", NoticeKind.MESSAGE, AT, AT, data=MESSAGE)
            for n in range(15)
        ]
        await SqlOutbox(database).add(notices)
        await database.close()
        await until(lambda: len(room.mails) >= 90)
        await asyncio.sleep(2)
        states = {
            one["state"]
            for one in service.clientsvia("notify", "list", "--limit", "100")["deliveries"]
        }

    assert states == {"sent"}
    ids = [mail["Message-ID"] for mail in room.mails]
    assert len(ids) == len(set(ids)) == 90


async def test_the_operator_hears_of_requests_that_are_not_twilios(serve: Serve) -> None:
    with (
        mailroom() as room,
        serve(
            validate_signatures="1", operator_email="operator@answers.example", **told_by(room)
        ) as service,
    ):
        for _ in range(3):
            request = Request(service.voice, b"Called=%2B12395551212&CallSid=CA1")
            with pytest.raises(OSError, match="403"):
                await asyncio.to_thread(urlopen, request)
        await until(lambda: bool(room.mails))
        listed = service.clientsvia("notify", "list", "operator")

    (mail,) = room.mails
    assert mail["To"] == "operator@answers.example"
    assert mail["Subject"] == "Webhooks are refused for their signature (demo)"
    assert "at least 3" in mail.get_content()
    assert [one["state"] for one in listed["deliveries"]] == ["sent"]


async def test_a_text_message_that_us_carriers_block_is_told_with_its_remedy(
    serve: Serve, tmp_path: Path
) -> None:
    account = {"account_sid": SID, "auth_tokens": [TOKEN]}
    texts = {"sms": ["+12395550170"], "sms_from": "+12395551212"}
    with running() as api, serve(clock_start=WEDNESDAY_NIGHT, twilio_api=api.url) as service:
        after_hours = {"policy": "message"}
        profile(service, tmp_path, notify=texts, after_hours=after_hours, twilio=account)

        def told(*states: str) -> list[dict[str, Any]]:
            found: list[dict[str, Any]] = service.clientsvia("notify", "list", "demo")["deliveries"]
            return found if sorted(one["state"] for one in found) == sorted(states) else []

        await service.call(steps=[{"say": "My kitchen sink leaks."}], at_end="stay")
        await until(lambda: bool(told("sent")))
        api.fates = [("undelivered", 30034)]
        await service.call(steps=[{"say": "My roof leaks."}], at_end="stay", seed=8)
        await until(lambda: bool(told("sent", "refused")))
        (refused,) = (one for one in told("sent", "refused") if one["state"] == "refused")

    assert "kitchen sink" in api.messages[0]["Body"]
    assert api.messages[0]["From"] == "+12395551212"
    assert "30034" in refused["error"]
    assert "A2P 10DLC" in refused["remedy"]
