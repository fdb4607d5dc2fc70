"""Deliveries as people and programs are shown them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.markup import escape
from rich.padding import Padding
from rich.table import Table

from clientsvia.notices.delivery import Channel, DeliveryState
from clientsvia.notices.phrases import without_numbers
from clientsvia.telephony.numbers import redact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rich.console import Console

    from clientsvia.notices.delivery import Delivery
    from clientsvia.notices.notice import Notice

OPERATOR = "operator"
_COLOURS = {
    DeliveryState.SENT: "green",
    DeliveryState.WAITING: "yellow",
    DeliveryState.REFUSED: "bold red",
    DeliveryState.GIVEN_UP: "bold red",
}


def show(console: Console, found: Sequence[Delivery], *, numbers: bool) -> None:
    """A table of deliveries, and below it what is the matter with those that are not sent."""
    table = Table("when (UTC)", "company", "what", "to", "state", "tries", title="Told")
    for one in found:
        state = f"[{_COLOURS[one.state]}]{one.state}[/]"
        table.add_row(
            _moment(one.tried_at or one.notice.at),
            one.notice.company or OPERATOR,
            one.notice.kind + (" (urgent)" if one.notice.urgent else ""),
            f"{one.channel} {escape(_address(one, numbers=numbers))}",
            state,
            str(one.attempts),
        )
    console.print(table)
    for one in found:
        if one.state is not DeliveryState.SENT and one.error:
            _explain(console, one, numbers=numbers)


def _explain(console: Console, one: Delivery, *, numbers: bool) -> None:
    again = f", again at {_moment(one.due)}" if one.state is DeliveryState.WAITING else ""
    to, error = _address(one, numbers=numbers), _error(one, numbers=numbers)
    line = f"[yellow]![/] {one.channel} {escape(to)} ({one.state}{again}): {escape(error)}"
    console.print(line, soft_wrap=True)
    remedy = f"[yellow]→[/] {escape(one.remedy)}"
    console.print(Padding(remedy, (0, 0, 0, 2), expand=False))


def unaddressed(waiting: Sequence[Notice]) -> str:
    """What waits for its time, or for somebody to tell."""
    companies = sorted({one.company or OPERATOR for one in waiting})
    one = "notice waits" if len(waiting) == 1 else "notices wait"
    return (
        f"[yellow]{len(waiting)} {one}[/] for their time, or for somebody to tell: "
        f"{', '.join(companies)}"
    )


def as_data(one: Delivery, *, numbers: bool) -> dict[str, Any]:
    """A delivery for programs."""
    return {
        "id": one.id,
        "company": one.notice.company,
        "kind": one.notice.kind,
        "key": one.notice.key,
        "urgent": one.notice.urgent,
        "at": one.notice.at,
        "channel": one.channel,
        "address": _address(one, numbers=numbers),
        "state": one.state,
        "attempts": one.attempts,
        "tried_at": one.tried_at,
        "due": one.due,
        "error": _error(one, numbers=numbers),
        "remedy": one.remedy,
        "receipt": one.receipt,
    }


def waiting_data(one: Notice) -> dict[str, Any]:
    """A notice that nobody has addressed yet."""
    return {
        "company": one.company,
        "kind": one.kind,
        "key": one.key,
        "urgent": one.urgent,
        "at": one.at,
        "due": one.due,
        "state": "unaddressed",
    }


def _address(one: Delivery, *, numbers: bool) -> str:
    return redact(one.address) if one.channel is Channel.SMS and not numbers else one.address


def _error(one: Delivery, *, numbers: bool) -> str:
    return one.error if numbers else without_numbers(one.error)


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"
