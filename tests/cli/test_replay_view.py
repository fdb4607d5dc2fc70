from __future__ import annotations

from dataclasses import replace
from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

from clientsvia.admin.replay import Pair, Replay, Side
from clientsvia.cli.replay_view import in_full
from tests.conftest import OPEN

if TYPE_CHECKING:
    from collections.abc import Mapping

SIDE = Side(("[Yes].",), "hours", "asked", "answered", "Listen", (), {"answer": 1_500_000})
RINGING = Pair({"type": "Ringing"}, OPEN, None, SIDE)


def shown(again: Replay) -> str:
    console = Console(file=StringIO(), width=200, record=True)
    for part in in_full(again):
        console.print(part)
    return " ".join(console.export_text().split())


def heard(event: Mapping[str, object], then: Side, now: Side = SIDE) -> Replay:
    return Replay("CA1", "demo", OPEN, (RINGING, Pair(event, OPEN, then, now)))


def test_the_same_call_is_said_to_be_the_same() -> None:
    words = shown(heard({"type": "Heard", "text": "open?"}, SIDE))
    assert words.endswith("The call would go as it went.")
    assert words.count("[Yes]. [hours]") == 2
    assert "the same" in words
    assert "(not in the log)" in words
    assert "1.5" in words


def test_what_differs_is_counted_and_whoever_is_rung_is_named() -> None:
    rings = replace(SIDE, said=(), next="Connect", rung=("office",))
    words = shown(heard({"type": "Digits", "digits": "0"}, SIDE, rings))
    assert "(nothing) [hours, Connect office]" in words
    assert words.endswith("1 of 2 turns would go differently.")


def test_where_it_ends_is_told() -> None:
    again = replace(heard({"type": "DialEnded", "status": "busy"}, SIDE), parted="it is over")
    words = shown(again)
    assert "(busy)" in words
    assert words.endswith("It ends here: it is over.")


def test_what_took_no_time_that_is_known_has_a_dash() -> None:
    words = shown(heard({"type": "Silence"}, replace(SIDE, stages={})))
    assert "(Silence)" in words
    assert " - 1.5" in words
