"""A caller whose part a person types."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from clientsvia.simulator.caller import Act, Gone, Keys, Moment, Speech

if TYPE_CHECKING:
    from rich.console import Console

HELP = "Type what the caller says; digits are pressed, an empty line is silence, /bye hangs up."
_KEYS = frozenset("0123456789*#")
_TURNS = frozenset({"listening", "recording"})


class TypedCaller:
    """Asks the person at the terminal whenever the agent listens."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._explained = False

    def hears(self, text: str) -> None:
        """The person reads it on the screen."""

    def goes_on(self, text: str, delay: float) -> None:
        """Nothing follows: what was typed was said at one go."""

    async def acts(self, moment: Moment) -> Act | None:
        """What the person types, where the agent listens; silence elsewhere."""
        if moment.situation not in _TURNS:
            return None
        if not self._explained:
            self._console.print(f"[dim]{HELP}[/]")
            self._explained = True
        try:
            typed = await asyncio.to_thread(self._console.input, "[green]caller>[/] ")
        except EOFError:
            return Gone(0.0)
        return _act(typed.strip(), moment)


def _act(typed: str, moment: Moment) -> Act | None:
    if not typed:
        return None
    if typed == "/bye":
        return Gone(0.0)
    if set(typed) <= _KEYS and moment.keys:
        return Keys(0.0, typed)
    return Speech(0.0, typed) if moment.speech else None
