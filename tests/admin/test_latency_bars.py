from __future__ import annotations

import pytest

from clientsvia.admin.call_view import Segment, TurnView
from clientsvia.admin.latency_bars import WIDTH, bars_of
from tests.contracts.samples import NOON

MS = 1_000_000


def turn(key: str, *segments: Segment) -> TurnView:
    return TurnView(key, 1, NOON, "caller", "", "", "", "", "", "", segments)


def test_bars_have_one_scale_and_their_pieces_follow_each_other() -> None:
    short = turn("1:heard", Segment("receive", 1 * MS), Segment("answer", 3 * MS))
    long = turn("2:heard", Segment("twilio", 900 * MS, ours=False), Segment("answer", 8 * MS))

    first, second = bars_of([short, long]).bars

    assert [(piece.x, piece.width) for piece in first.pieces] == [
        (0, WIDTH / 8),
        (WIDTH / 8, WIDTH * 3 / 8),
    ]
    assert [(piece.x, piece.width) for piece in second.pieces] == [(0, WIDTH)]
    assert (first.elsewhere, second.elsewhere) == (0, 900 * MS)


def test_stages_are_told_in_the_order_they_came_and_an_unknown_one_has_a_colour() -> None:
    bars = bars_of([turn("1:heard", Segment("receive", 5), Segment("of tomorrow", 5))])

    assert bars.stages == ("receive", "of tomorrow")
    assert bars.bars[0].pieces[1].colour == "e"


@pytest.mark.parametrize("turns", [[], [turn("1:heard", Segment("twilio", MS, ours=False))]])
def test_a_call_that_was_not_timed_has_no_bars(turns: list[TurnView]) -> None:
    assert bars_of(turns).bars == ()
