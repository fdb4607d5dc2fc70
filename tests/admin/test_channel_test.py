"""Tests of the channels by which owners are told."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.admin.channel_test import ChannelTest
from clientsvia.companies.contact_profiles import NotifyProfile
from clientsvia.notices.delivery import Channel, Delivery, DeliveryState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.companies.company import Company
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.notices.ports import Carrier
    from tests.admin.desk import Desk


class Slow:
    """A channel that takes longer than anybody waits."""

    def __init__(self) -> None:
        self.begun = 0

    async def carry(self, delivery: Delivery, company: Company | None) -> str:
        assert (delivery.address, company is not None) == ("office@gulf.example", True)
        self.begun += 1
        await asyncio.sleep(0.6)
        return "carried"


async def named(desk: Desk, carriers: Mapping[Channel, Carrier]) -> ChannelTest:
    def told(stored: StoredProfile) -> CompanyProfile:
        notify = NotifyProfile(email=("office@gulf.example",))
        return stored.profile.model_copy(update={"notify": notify})

    services = desk.services
    await services.companies.change("demo", told)
    await services.directory.load()
    services.notices.dispatcher.carriers = carriers
    return ChannelTest(services.notices.dispatcher, services.stores.outbox, services.clock)


async def test_a_test_that_arrives_is_told_as_sent(desk: Desk) -> None:
    tests = await named(desk, {Channel.EMAIL: Slow()})

    [one] = await tests.send("demo", timedelta(seconds=30))

    assert (one.state, one.receipt) == (DeliveryState.SENT, "carried")


async def test_nobody_waits_longer_than_they_would_and_it_is_sent_all_the_same(
    desk: Desk,
) -> None:
    channel = Slow()
    tests = await named(desk, {Channel.EMAIL: channel})

    [one] = await tests.send("demo", timedelta(seconds=0.2))
    assert one.state is DeliveryState.WAITING

    await desk.services.notices.dispatcher.idle()
    [one] = await desk.services.stores.outbox.deliveries("demo", one.notice.key)
    assert (one.state, channel.begun) == (DeliveryState.SENT, 1)
