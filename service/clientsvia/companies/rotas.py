"""Whose turn it is in a rota, by the company's wall clock."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, cast

from clientsvia.companies.clocks import first_shown, latest_shown
from clientsvia.companies.value import value

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from clientsvia.companies.routing import Rota, Swap


@value(frozen=True, slots=True)
class Turn:
    """Whose turn it is, up to ``until``, local; ``swapped`` when they stand in for somebody.

    ``member`` is empty before the rota begins.
    """

    member: str
    until: datetime
    swapped: bool = False


def turn_at(rota: Rota, local: datetime) -> Turn:
    """Whose turn it is at a moment on the company's clock.

    A handover at 08:00 stays at 08:00 on the wall when the clocks are set. One in an hour that is
    skipped comes when it is over, one in an hour that is repeated comes the first time.
    """
    wall, zone = latest_shown(local), cast("ZoneInfo", local.tzinfo)
    place = bisect_right(rota.swaps, wall, key=_start) if rota.swaps else 0
    swap = rota.swaps[place - 1] if place else None
    if swap is not None and wall < swap.end:
        return Turn(swap.member, first_shown(swap.end, zone), swapped=True)
    number = (wall - rota.starts) // rota.length
    ends = rota.starts if number < 0 else rota.starts + (number + 1) * rota.length
    if place < len(rota.swaps):
        ends = min(ends, rota.swaps[place].start)
    member = "" if number < 0 else rota.order[number % len(rota.order)]
    return Turn(member, first_shown(ends, zone))


def _start(swap: Swap) -> datetime:
    return swap.start
