"""The two plainest decisions: to listen again, and to end the call."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls.listening import Expect, expected
from clientsvia.calls.reply import LISTENING, Decision, HangUp, Reply
from clientsvia.calls.state import Mode

if TYPE_CHECKING:
    from clientsvia.calls.reply import Listen
    from clientsvia.calls.state import Call, CallState


def listen(
    call: Call,
    say: tuple[str, ...],
    source: str,
    why: str,
    *,
    mode: Mode = Mode.LISTENING,
    unclear: int = 0,
    outcome: str = "",
) -> Decision:
    """Say something and hear the caller: a new turn."""
    state = call.state.listening(mode, unclear)
    return Decision(Reply(say, _next(say), state), source, why, outcome)


def stay(say: str, state: CallState, source: str, why: str) -> Decision:
    """Ask once more: a new turn in a ``state`` that counts how often that has been done."""
    following = replace(state, turn=state.turn + 1)
    return Decision(Reply((say,), _next((say,)), following), source, why)


def _next(say: tuple[str, ...]) -> Listen:
    """To listen as the last sentence asks for."""
    return LISTENING[expected(say[-1])] if say else LISTENING[Expect.FREE]


def hang_up(call: Call, say: tuple[str, ...], source: str, why: str, outcome: str) -> Decision:
    """Say the last sentences and end the call."""
    return Decision(Reply(say, HangUp(), call.state.moved(Mode.ENDED)), source, why, outcome)
