from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from clientsvia.errors import ProviderFailed
from clientsvia.notices.alarms import Alarm
from clientsvia.notices.delivery import Channel, DeliveryState
from clientsvia.settings import load_settings
from clientsvia.wiring import build
from clientsvia.wiring.notices import NoMailServer
from tests.contracts.samples import company
from tests.notices.samples import OFFICE, delivery, notice
from tests.providers.mail import mailroom

if TYPE_CHECKING:
    from clientsvia.wiring import Services

KEYS = [b"k" * 32]


def services(**settings: object) -> Services:
    return build(load_settings(store="memory:", **settings), KEYS)


async def test_without_a_mail_server_notices_wait_and_say_what_to_set() -> None:
    mail = services().notices.mail
    assert isinstance(mail, NoMailServer)
    with pytest.raises(ProviderFailed, match="CLIENTSVIA_SMTP_URL"):
        await mail.reach()
    with pytest.raises(ProviderFailed, match="CLIENTSVIA_SMTP_URL"):
        await mail.carry(delivery(), None)


async def test_every_channel_is_there() -> None:
    assert set(services().notices.dispatcher.carriers) == set(Channel)


async def test_a_running_service_sends_what_is_put_into_its_outbox() -> None:
    with mailroom() as room:
        url = SecretStr(f"smtp://127.0.0.1:{room.port}")
        running = services(smtp_url=url, mail_from="answers@answers.example")
        await running.companies.save([company("acme", notify={"email": [OFFICE]})])
        await running.start()
        await running.stores.outbox.add([notice(company="acme")])
        await running.notices.dispatcher.look()
        await running.stop()

    (sent,) = await running.stores.outbox.deliveries("acme")
    assert sent.state is DeliveryState.SENT
    assert room.mails[0]["To"] == OFFICE


async def test_what_was_counted_is_put_into_the_outbox_at_the_end() -> None:
    running = services()
    await running.start()
    running.notices.watch.alarms.note(Alarm.FALLBACK, "acme", "found", "mend it")
    await running.stop()

    assert len(await running.stores.outbox.unaddressed()) == 1
