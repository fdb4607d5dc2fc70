"""How owners and the operator are told, as the settings choose."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.errors import ProviderFailed
from clientsvia.inbox.daybook import DayBook
from clientsvia.notices.alarms import Alarms
from clientsvia.notices.delivery import Channel
from clientsvia.notices.digest import Digests
from clientsvia.notices.dispatcher import Dispatcher
from clientsvia.notices.signing import WebhookSecrets
from clientsvia.notices.watch import Watch
from clientsvia.providers.owner_webhook import WebhookCarrier
from clientsvia.providers.smtp import SmtpCarrier, mail_server
from clientsvia.providers.twilio_sms import SmsCarrier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.calls.ports import Clock
    from clientsvia.companies.company import Company, TwilioAccount
    from clientsvia.companies.directory import Directory
    from clientsvia.notices.delivery import Delivery
    from clientsvia.notices.ports import Carrier
    from clientsvia.settings import Settings
    from clientsvia.wiring.stores import Stores


class NoMailServer:
    """Stands where there is no mail server: notices wait, and say what is missing."""

    async def carry(self, delivery: Delivery, company: Company | None) -> str:  # noqa: ARG002 - a Carrier's
        """Raises ProviderFailed."""
        raise _no_mail_server()

    async def reach(self) -> None:
        """Raises ProviderFailed."""
        raise _no_mail_server()


def _no_mail_server() -> ProviderFailed:
    return ProviderFailed(
        "there is no mail server to hand it in at",
        "set CLIENTSVIA_SMTP_URL and CLIENTSVIA_MAIL_FROM, and start the service again",
    )


@dataclass(frozen=True, slots=True)
class Notices:
    """What is told to whom, and the work that goes on for it beside the calls."""

    dispatcher: Dispatcher
    digests: Digests
    watch: Watch
    secrets: WebhookSecrets
    mail: SmtpCarrier | NoMailServer
    _webhooks: WebhookCarrier

    @property
    def letters(self) -> SmtpCarrier | None:
        """What carries mail that is no notice, or None without a mail server."""
        return None if isinstance(self.mail, NoMailServer) else self.mail

    async def run(self) -> None:
        """Tell what is to be told until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.dispatcher.run())
            tasks.create_task(self.digests.run())
            tasks.create_task(self.watch.run())

    async def close(self, deadline: float) -> None:
        """Let what is being sent be sent, for at most ``deadline`` seconds."""
        await self.dispatcher.close(deadline)
        if self.watch.alarms.waiting:
            await self.watch.look()
        await self._webhooks.close()


def open_watch(stores: Stores, clock: Clock) -> Watch:
    """What the operator is told of, on its way from memory to the outbox."""
    return Watch(stores.outbox, Alarms(clock), stores.usage, clock)


def open_notices(
    settings: Settings,
    keys: Sequence[bytes],
    stores: Stores,
    directory: Directory,
    clock: Clock,
    platform: TwilioAccount | None,
    watch: Watch,
) -> Notices:
    """The channels; no package of theirs is imported before something is sent."""
    secrets, mail = WebhookSecrets(keys), _mail(settings, clock)
    webhooks = WebhookCarrier(secrets, clock)
    carriers: dict[Channel, Carrier] = {
        Channel.EMAIL: mail,
        Channel.SMS: SmsCarrier(settings.twilio_api, platform),
        Channel.WEBHOOK: webhooks,
    }
    outbox = stores.outbox
    dispatcher = Dispatcher(outbox, directory.by_slug, carriers, clock, settings.operator_email)
    days = DayBook(stores.call_log, stores.messages, outbox)
    digests = Digests(outbox, days, directory.companies, clock)
    return Notices(dispatcher, digests, watch, secrets, mail, webhooks)


def _mail(settings: Settings, clock: Clock) -> SmtpCarrier | NoMailServer:
    if settings.smtp_url is None:
        return NoMailServer()
    server = mail_server(settings.smtp_url.get_secret_value())
    return SmtpCarrier(server, settings.mail_from, clock)
