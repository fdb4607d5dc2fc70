from __future__ import annotations

from dataclasses import replace
from io import StringIO

from rich.console import Console

from clientsvia.cli.messages_view import as_data, overview
from clientsvia.inbox.message import Message
from tests.contracts.samples import NOON, SID

LEFT = Message("demo", SID, NOON, "+12393334444", complete=True)


def test_a_name_without_end_leaves_room_for_the_rest() -> None:
    console = Console(width=100, file=StringIO())
    console.print(overview([replace(LEFT, name="Ada " * 20, reason="a leak")], {}))
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    assert "Ada Ada Ada Ada Ada Ada…" in shown
    assert SID in shown


def test_json_has_the_time_on_the_companys_clock_and_in_utc() -> None:
    told = as_data(LEFT, {"demo": "Asia/Kolkata"})
    assert told["local"] == "2026-11-23T17:30:00+05:30"
    assert told["at"] == NOON
    assert as_data(LEFT, {})["local"] == "2026-11-23T12:00:00+00:00"
