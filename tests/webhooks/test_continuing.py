from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from tests.webhooks.conftest import said

if TYPE_CHECKING:
    from tests.webhooks.conftest import OpenPhone


async def test_without_an_answer_under_way_the_caller_is_asked(open_phone: OpenPhone) -> None:
    async with open_phone() as phone:
        answer = await phone.post("/api/twilio/continue", {})
    assert answer.status_code == 200
    assert sentences.HELP in said(answer)
