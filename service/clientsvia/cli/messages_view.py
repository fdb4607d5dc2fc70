"""How messages look in a terminal, and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from clientsvia.admin.message_view import note
from clientsvia.errors import InvalidNumber
from clientsvia.inbox.message import MessageState
from clientsvia.telephony.numbers import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from clientsvia.inbox.message import Message

    Zones = Mapping[str, str]

STYLES = {
    MessageState.NEW: "bold yellow",
    MessageState.READ: "cyan",
    MessageState.CALL_BACK: "bold magenta",
    MessageState.DONE: "green",
}
HIDDEN = "hidden"
NAME_LENGTH = 24


def overview(messages: Sequence[Message], zones: Zones) -> Table:
    """When each came, from whom and about what; below that the number and the call."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("when", "company", "from", "about", "state"):
        table.add_column(name, no_wrap=name in {"when", "from", "state"}, overflow="fold")
    for message in messages:
        number, name = _number(message.number or message.caller), _cut(message.name)
        urgent = ("URGENT ", "bold red") if message.urgent else ""
        table.add_row(
            f"{_local(message, zones):%Y-%m-%d %H:%M}",
            Text(message.company),
            Text("\n".join(filter(None, (name, number)))),
            Text.assemble(urgent, _about(message), "\n", (message.call_sid, "dim")),
            Text(message.state, STYLES[message.state]),
        )
    return table


def in_full(message: Message, zones: Zones) -> Table:
    """Everything that is known of a message, a line for each thing."""
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    for label, value in _lines(message, zones):
        table.add_row(label, value)
    return table


def as_data(message: Message, zones: Zones) -> dict[str, Any]:
    """A message as JSON has it, with its time on the company's clock beside that in UTC."""
    local = _local(message, zones)
    return asdict(message) | {"local": local.isoformat(timespec="seconds"), "note": note(message)}


def _lines(message: Message, zones: Zones) -> Iterator[tuple[str, Text]]:
    yield "message", Text(message.call_sid, "bold")
    yield "state", Text(message.state, STYLES[message.state])
    yield "company", Text(message.company)
    yield "when", Text(f"{_local(message, zones):%A, %Y-%m-%d %H:%M:%S %Z}")
    yield "urgent", Text("yes", "bold red") if message.urgent else Text("no")
    yield "name", Text(message.name or "not told")
    yield "call back", Text(_number(message.number or message.caller))
    if message.caller and message.number not in ("", message.caller):
        yield "called from", Text(_number(message.caller))
    if message.reason:
        yield "about", Text(message.reason)
    if message.transcript:
        yield "in their words", Text(message.transcript)
    if message.recording:
        yield "recording", Text(f"{message.seconds} s, {message.recording}")
    if message.summary:
        yield "the call", Text(message.summary)
    if told := note(message):
        yield "note", Text(told, "italic")


def _about(message: Message) -> str:
    return message.reason or message.transcript or f"a recording of {message.seconds} s"


def _cut(name: str) -> str:
    return name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1]}\N{HORIZONTAL ELLIPSIS}"


def _local(message: Message, zones: Zones) -> datetime:
    """On the company's clock; in UTC where the company is gone."""
    return message.at.astimezone(ZoneInfo(zones.get(message.company, "UTC")))


def _number(raw: str) -> str:
    try:
        return parse(raw, None).international
    except InvalidNumber:
        return raw or HIDDEN
