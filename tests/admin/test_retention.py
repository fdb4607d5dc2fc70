"""Calls are forgotten when their company's time for them is over, and no sooner."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.inbox.message import MessageState
from tests.admin.test_caller_data import Place, api
from tests.contracts.samples import NOON, SID

if TYPE_CHECKING:
    from tests.providers.twilio_api import TwilioApi

__all__ = ["api"]


@pytest.mark.parametrize(("kept", "age", "gone"), [(2, 3, True), (4, 3, False), (0, 9999, False)])
async def test_a_call_is_kept_for_as_many_days_as_its_company_says(
    api: TwilioApi,
    kept: int,
    age: int,
    gone: bool,  # noqa: FBT001 - a table's
) -> None:
    place = await Place(api, NOON + timedelta(days=age)).fill(retention_days=kept)
    await place.messages.mark("acme", SID, MessageState.DONE)
    await place.retention.sweep()
    assert (await place.log.call(SID) is None) is gone
    assert (await place.messages.get("acme", SID) is None) is gone
    assert (api.recordings == {}) is gone


async def test_a_message_that_is_to_be_done_outlives_its_call(api: TwilioApi) -> None:
    place = await Place(api, NOON + timedelta(days=100)).fill()
    await place.retention.sweep()
    assert await place.log.call(SID) is None
    assert await place.messages.get("acme", SID) is not None
    assert len(api.recordings) == 1


async def test_who_comes_second_leaves_the_sweep_to_the_first(api: TwilioApi) -> None:
    place = await Place(api).fill()
    assert await place.retention.sweep() is not None
    assert await place.retention.sweep() is None
