from __future__ import annotations

import pytest

from clientsvia.calls.taking.message_words import wants_recording


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("I want to leave a voicemail", True),
        ("Can I record a message?", True),
        ("I'd like to leave a message", False),
        ("for the record, it leaks", False),
    ],
)
def test_who_would_rather_be_recorded_says_so(text: str, *, wanted: bool) -> None:
    assert wants_recording(text) is wanted
