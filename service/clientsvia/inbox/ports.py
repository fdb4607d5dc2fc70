"""Where messages are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.inbox.message import Message, MessageState


class Messages(Protocol):
    """The message boxes of all companies; each is reached by its company's slug alone."""

    async def keep(self, message: Message) -> Message:
        """Add a message, or what is not empty in it to the one of its call; as it is then."""

    async def get(self, company: str, call_sid: str) -> Message | None:
        """The message of a call, or None."""

    async def list(
        self, company: str, *, states: Sequence[MessageState] = (), limit: int = 50
    ) -> Sequence[Message]:
        """The newest first, of these states where some are given."""

    async def mark(self, company: str, call_sid: str, state: MessageState) -> Message | None:
        """Set what became of a message; None when there is none."""
