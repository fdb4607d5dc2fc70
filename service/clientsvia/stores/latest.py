"""What two stores tell of the same call, so that they can be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from clientsvia.calls.ports import CallStates

if TYPE_CHECKING:
    from collections.abc import Mapping


class Latest(NamedTuple):
    """The latest step a store has of a call; ``at`` is in seconds since 1970.

    The later of two is the greater by turn, then by time.
    """

    turn: int
    at: float
    memory: Mapping[str, Any]

    def is_before(self, other: Latest) -> bool:
        """Whether the other store knows more of the call."""
        return (self.turn, self.at) < (other.turn, other.at)


class ComparableStates(CallStates, Protocol):
    """Call states that tell when their latest step was."""

    async def latest(self, company: str, call_sid: str) -> Latest | None:
        """The latest step of this company's call; None if there is none."""
