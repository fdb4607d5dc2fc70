from __future__ import annotations

import io

import pytest
from rich.console import Console

from clientsvia.cli.typed_caller import TypedCaller
from clientsvia.simulator.caller import Act, Gone, Keys, Moment, Speech


@pytest.mark.parametrize(
    ("typed", "act"),
    [
        ("Are you open?\n", Speech(0.0, "Are you open?")),
        ("12#\n", Keys(0.0, "12#")),
        ("\n", None),
        ("/bye\n", Gone(0.0)),
        ("", Gone(0.0)),
    ],
)
async def test_what_is_typed_is_what_the_caller_does(
    monkeypatch: pytest.MonkeyPatch, typed: str, act: Act | None
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    caller = TypedCaller(Console(file=io.StringIO()))
    assert await caller.acts(Moment("listening", 5, speech=True, keys=True)) == act


async def test_digits_are_words_where_keys_are_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("42\n"))
    caller = TypedCaller(Console(file=io.StringIO()))
    assert await caller.acts(Moment("listening", 5, speech=True)) == Speech(0.0, "42")


async def test_nobody_is_asked_while_the_agent_speaks() -> None:
    caller = TypedCaller(Console(file=io.StringIO()))
    assert await caller.acts(Moment("prompt", 5, speech=True, keys=True)) is None
