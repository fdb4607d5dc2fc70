"""Message boxes in the process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.inbox.ports import Untold
from clientsvia.stores.memory.forgetting import forget

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clientsvia.calls.log_queries import Place
    from clientsvia.inbox.message import Message, MessageState

    Key = tuple[str, str]


class MemoryMessages:
    """Messages in a dictionary, with when each is to be told."""

    def __init__(self) -> None:
        self._messages: dict[Key, Message] = {}
        self._tell_at: dict[Key, datetime] = {}
        self._versions: dict[Key, int] = {}

    async def keep(self, message: Message, *, tell_at: datetime | None = None) -> Message:
        """Add a message, or what is not empty in it to the one of its call; as it is then."""
        key = message.company, message.call_sid
        before = self._messages.get(key)
        after = message if before is None else before.with_more(message)
        self._messages[key] = after
        if tell_at is not None and after != before:
            self._tell_at[key] = tell_at
            self._versions[key] = self._versions.get(key, 0) + 1
        return after

    def of(self, company: str) -> Sequence[Message]:
        """The messages of a company."""
        return [one for one in self._messages.values() if one.company == company]

    def forget(self, company: str, call_sid: str) -> None:
        """Delete the message of a call, told or not."""
        for kept in (self._messages, self._tell_at, self._versions):
            kept.pop((company, call_sid), None)

    async def get(self, company: str, call_sid: str) -> Message | None:
        """The message of a call, or None."""
        return self._messages.get((company, call_sid))

    async def list(
        self,
        company: str | None,
        *,
        states: Sequence[MessageState] = (),
        before: Place | None = None,
        limit: int = 50,
    ) -> Sequence[Message]:
        """The newest first, those after the place ``before``; of all companies with None."""
        found = [
            one
            for one in self._messages.values()
            if company in {None, one.company} and (not states or one.state in states)
            if before is None or _order(before) < _order(one.place)
        ]
        found.sort(key=lambda one: _order(one.place))
        return found[:limit]

    async def mark(self, company: str, call_sid: str, state: MessageState) -> Message | None:
        """Set what became of a message; None when there is none."""
        key = company, call_sid
        if key not in self._messages:
            return None
        self._messages[key] = replace(self._messages[key], state=state)
        return self._messages[key]

    async def untold(self, *, limit: int = 500) -> Sequence[Untold]:
        """The messages whose owners are still to hear of them, the first due first."""
        first = sorted(self._tell_at.items(), key=lambda item: item[1])[:limit]
        return [Untold(self._messages[key], at, self._versions[key]) for key, at in first]

    async def hasten(self, company: str, call_sid: str, at: datetime) -> None:
        """Have a message told at ``at`` that would be told later; one that was told stays so."""
        key = company, call_sid
        if key in self._tell_at:
            self._tell_at[key] = min(at, self._tell_at[key])

    async def told(self, untold: Untold) -> None:
        """Note that the owner has been told, unless more has come to be told meanwhile."""
        key = untold.message.company, untold.message.call_sid
        if self._versions.get(key) == untold.version:
            self._tell_at.pop(key, None)

    def forget_company(self, company: str) -> int:
        """Let go of all messages of a company; how many those were."""
        for other in (self._tell_at, self._versions):
            forget(other, lambda key: key[0] == company)
        return forget(self._messages, lambda key: key[0] == company)


def _order(place: Place) -> tuple[float, str, str]:
    """The newest first."""
    return -place.started_at.timestamp(), place.company, place.call_sid
