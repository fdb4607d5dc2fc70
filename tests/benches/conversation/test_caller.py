from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from benches.conversation.caller import WAITING, redirected, shares
from clientsvia.calls.state import CallState, Pending
from clientsvia.rehearsal.recogniser import Turn
from clientsvia.transports.action_token import ActionTokens

TOKENS = ActionTokens([b"k" * 32])


def url(spoken: int) -> str:
    pending = Pending("0123456789abcdef01234567", spoken, 1_763_800_000_000)
    state = CallState("demo", 1_763_800_000, 3, pending=pending)
    return f"http://127.0.0.1:1/api/twilio/continue?call={TOKENS.write(state, 'CA1')}"


@pytest.mark.parametrize(("spoken", "filler"), [(0, True), (1, False), (10, False)])
def test_a_filler_is_told_from_the_first_sentence(spoken: int, *, filler: bool) -> None:
    assert (WAITING.search(url(spoken)) is not None) is filler


@pytest.mark.parametrize(
    ("document", "target"),
    [
        ("<Response><Say>One moment.</Say><Redirect>/on</Redirect></Response>", "/on"),
        ("<Response><Gather/><Redirect>/silence</Redirect></Response>", ""),
        ("<Response><Record/><Redirect>/nothing</Redirect></Response>", ""),
        ("<Response><Hangup/></Response>", ""),
    ],
)
def test_an_answer_goes_on_where_nothing_is_asked(document: str, target: str) -> None:
    assert redirected(ET.fromstring(document)) == target


def test_every_turn_is_said_once() -> None:
    turns = [Turn((), str(number), 1.0) for number in range(11)]
    dealt = shares(turns, 4)
    assert len(dealt) == 4
    assert sorted(turn.final for share in dealt for turn in share) == sorted(map(str, range(11)))
