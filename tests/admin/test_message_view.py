from __future__ import annotations

from dataclasses import replace

import pytest

from clientsvia.admin.message_view import note
from clientsvia.inbox.message import Message
from tests.contracts.samples import NOON, SID

LEFT = Message("demo", SID, NOON, "+12393334444", complete=True)
RECORDED = replace(LEFT, recording="https://api.twilio.com/RE1", seconds=12)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (LEFT, ""),
        (replace(LEFT, complete=False), "the caller did not finish it"),
        (RECORDED, "kept as sound: its words have not come from Twilio"),
        (replace(RECORDED, transcript="please call"), ""),
        (
            replace(RECORDED, seconds=1),
            "kept as sound alone: Twilio writes down 2 to 120 seconds",
        ),
    ],
)
def test_what_a_message_lacks_is_noted(message: Message, told: str) -> None:
    assert note(message) == told
