"""What is kept of calls, as far as it has to be found and forgotten again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted; ``recordings`` are those that Twilio is still to delete."""

    calls: int = 0
    turns: int = 0
    messages: int = 0
    notices: int = 0
    recordings: int = 0

    def __add__(self, more: Forgotten) -> Forgotten:
        """Both together."""
        return Forgotten(
            self.calls + more.calls,
            self.turns + more.turns,
            self.messages + more.messages,
            self.notices + more.notices,
            self.recordings + more.recordings,
        )


@dataclass(frozen=True, slots=True)
class OwedDeletion:
    """A recording of a company's that is to be deleted at Twilio; ``error`` is why it was not."""

    company: str
    url: str
    since: datetime
    error: str = ""


class KeptCalls(Protocol):
    """Calls with all that hangs on them: turns, log entries, messages, notices, recordings."""

    async def of_caller(self, company: str, number: str) -> Sequence[str]:
        """The sids of a company's calls from this E.164 number, or with a message that names it."""

    async def older_than(self, company: str, before: datetime, *, limit: int = 20) -> Sequence[str]:
        """The oldest calls and done messages from before that moment, by their call's sid."""

    async def forget(
        self, company: str, call_sids: Sequence[str], now: datetime, *, open_messages: bool
    ) -> Forgotten:
        """Delete what is kept of these calls, all or none; messages to be done only if asked.

        Their recordings are owed from then on.
        """

    async def notices(self, company: str, call_sids: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        """What owners were told of these calls: ``kind``, ``at`` and ``data``, in order."""

    async def owed(self, company: str | None = None, *, limit: int = 50) -> Sequence[OwedDeletion]:
        """Recordings that Twilio is still to delete, those that were not tried yet first."""

    async def settle(self, owed: OwedDeletion, error: str = "") -> None:
        """Note that a recording was deleted, or with ``error`` why it was not."""

    async def claim(self, now: datetime, until: datetime) -> bool:
        """Take the sweep up to ``until``; False when another worker has it."""
