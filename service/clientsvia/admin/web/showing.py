"""How values look on a page: times with their zone, money, durations, numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from clientsvia.errors import InvalidNumber
from clientsvia.telephony.numbers import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

_MINUTE = 60


def when(at: datetime | None, zone: str) -> str:
    """A moment on the company's clock, with its zone: ``Wed 18 Nov 2026, 10:00 EST``."""
    if at is None:
        return "-"
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M %Z}"


def machine_time(at: datetime) -> str:
    """A moment for ``<time datetime>``."""
    return at.isoformat(timespec="seconds")


def national(number: str) -> str:
    """A number in its country's own form; what is no number stays as it is."""
    try:
        return str(parse(number).national)
    except InvalidNumber:
        return number


def usd(amount: float) -> str:
    """Money in US dollars, to the tenth of a cent where it is little."""
    return f"${amount:,.2f}" if amount >= 1 or amount == 0 else f"${amount:.4f}"


def milliseconds(nanoseconds: float) -> str:
    """A duration given in nanoseconds."""
    value = nanoseconds / 1e6
    if value and value < 1:
        return f"{value:.2f} ms"
    return f"{value:,.0f} ms" if value >= 10 else f"{value:.1f} ms"  # noqa: PLR2004 - two digits tell enough


def minutes(seconds: float) -> str:
    """A duration given in seconds: ``2 min 5 s``."""
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    return f"{whole // _MINUTE} min {whole % _MINUTE} s"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "when": when,
    "machine_time": machine_time,
    "national": national,
    "usd": usd,
    "milliseconds": milliseconds,
    "minutes": minutes,
}
