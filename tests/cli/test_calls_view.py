from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console, RenderableType

from clientsvia.admin.call_view import view_of
from clientsvia.calls.ports import LoggedCall, LoggedTurn
from clientsvia.cli import calls_view
from tests.contracts.samples import NOON, SID, entry

if TYPE_CHECKING:
    from collections.abc import Iterator


def call(**fields: Any) -> LoggedCall:
    given: dict[str, Any] = {
        "caller": "+15551234567",
        "called": "+12395551212",
        "ended_at": None,
        "status": "in-progress",
        "outcome": "",
    }
    return LoggedCall(call_sid=SID, company="acme", started_at=NOON, **given | fields)


def turn(event: dict[str, Any], answered: dict[str, Any], seconds: int = 0) -> LoggedTurn:
    return LoggedTurn("1:x", 1, NOON + timedelta(seconds=seconds), event, answered, {})


def in_full(call: LoggedCall) -> Iterator[RenderableType]:
    return calls_view.in_full(view_of(call), numbers=True)


def text(*parts: RenderableType) -> str:
    screen = StringIO()
    Console(file=screen, width=120).print(*parts, sep="\n")
    return screen.getvalue()


def test_what_was_disclosed_is_told_word_for_word() -> None:
    notice = "Calls are recorded [sic]."
    disclosed = call(entries=(entry("ringing", consent=notice), entry("status")))

    assert f"disclosed: “{notice}”" in text(*in_full(disclosed))
    assert "disclosed" not in text(*in_full(call()))


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        ({"type": "Heard", "text": "hello [red]there"}, "hello [red]there"),
        ({"type": "Digits", "digits": "0"}, "(pressed 0)"),
        ({"type": "Silence"}, "(silence)"),
        ({"type": "DialEnded", "status": "no-answer", "seconds": 0}, "(dial ended: no-answer)"),
        ({"type": "MessageRecorded", "url": "https://x/1"}, "(message recorded: https://x/1)"),
        ({}, "(nothing)"),
    ],
)
def test_whatever_happened_on_a_turn_is_told(event: dict[str, Any], shown: str) -> None:
    transcript = text(*in_full(call(turns=(turn(event, {}),))))

    assert shown in transcript
    assert "(nothing)" in transcript


def test_the_length_of_a_call_under_way_is_that_of_its_turns() -> None:
    turns = (turn({}, {}, seconds=5), turn({}, {}, seconds=75))

    assert "1:15" in text(calls_view.overview([call(turns=turns)], numbers=False))


def test_a_call_nothing_is_known_of_can_be_shown() -> None:
    nothing = LoggedCall(SID, "", "", "", NOON, None, "", "")

    shown = text(*in_full(nothing))
    assert "unknown called no company" in shown
    assert SID in text(calls_view.overview([nothing], numbers=False))


def test_whoever_is_rung_speaks_for_themselves() -> None:
    pressed = {"type": "Whispered", "target": "erin", "status": "pressed 2"}
    answered = {"said": [], "source": "target:erin", "why": "erin pressed 2"}
    shown = text(*in_full(call(turns=(turn(pressed, answered),))))
    assert "erin   (whispered: pressed 2)" in shown
    assert "(nothing)  [target:erin, erin pressed 2]" in shown
