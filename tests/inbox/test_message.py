from __future__ import annotations

from datetime import timedelta

import pytest

from clientsvia.inbox.message import Message, MessageState
from tests.conftest import OPEN


def test_what_is_said_later_stands_and_what_is_empty_takes_nothing_away() -> None:
    first = Message("demo", "CA1", OPEN, "+1", name="Eda", reason="a leak", urgent=True)
    later = Message("demo", "CA1", OPEN + timedelta(minutes=1), "", name="Ada", complete=True)
    assert first.with_more(later) == Message(
        "demo", "CA1", OPEN, "+1", name="Ada", reason="a leak", urgent=True, complete=True
    )


@pytest.mark.parametrize("more", [{"reason": "a tap too"}, {"recording": "https://api/RE1"}])
def test_a_number_that_was_given_stands_when_more_is_left(more: dict[str, str]) -> None:
    first = Message("demo", "CA1", OPEN, "+1", reason="a leak", number="+12395550142")
    later = Message("demo", "CA1", OPEN, "+1", number="+12395550123", **more)  # type: ignore[arg-type]
    assert first.with_more(later).number == "+12395550142"
    mended = Message("demo", "CA1", OPEN, "+1", number="+12395550143")
    assert first.with_more(mended).number == "+12395550143"


def test_what_became_of_a_message_stays_whatever_is_added() -> None:
    first = Message("demo", "CA1", OPEN, "+1", state=MessageState.DONE)
    assert first.with_more(Message("demo", "CA1", OPEN, "+1")).state is MessageState.DONE
