"""A company's message box: what callers left, and what people have made of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.inbox.message import MessageState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.audit import AuditLog
    from clientsvia.calls.log_queries import Place
    from clientsvia.calls.ports import Clock
    from clientsvia.inbox.message import Message
    from clientsvia.inbox.ports import Messages

MARKED = "message marked"
STATES: Mapping[MessageState, str] = {
    MessageState.NEW: "New",
    MessageState.READ: "Seen",
    MessageState.CALL_BACK: "To be called back",
    MessageState.DONE: "Done",
}
"""What can become of a message, in people's words."""


@dataclass(frozen=True, slots=True)
class MessagePage:
    """Some messages, newest first; ``next`` is where those after them begin, None with the last."""

    messages: Sequence[Message]
    next: Place | None


@dataclass(frozen=True, slots=True)
class Marked:
    """A message as it is marked now, and what it ``was``."""

    message: Message
    was: MessageState


@dataclass(frozen=True, slots=True)
class MessageBox:
    """Shows the messages of companies, and notes who marked them."""

    messages: Messages
    audit: AuditLog
    clock: Clock

    async def page(
        self,
        company: str,
        states: Sequence[MessageState] = (),
        before: Place | None = None,
        limit: int = 50,
    ) -> MessagePage:
        """The messages after a place, at most ``limit``; of these states where some are given."""
        found = await self.messages.list(company, states=states, before=before, limit=limit + 1)
        shown = found[:limit]
        return MessagePage(shown, shown[-1].place if len(found) > limit else None)

    async def get(self, company: str, call_sid: str) -> Message | None:
        """The message of a call, or None."""
        return await self.messages.get(company, call_sid)

    async def mark(
        self, company: str, call_sid: str, state: MessageState, *, by: str
    ) -> Marked | None:
        """Say what became of a message; None when there is none."""
        before = await self.messages.get(company, call_sid)
        marked = await self.messages.mark(company, call_sid, state) if before else None
        if before is None or marked is None:
            return None
        if before.state is not state:
            await self.audit.write(
                MARKED, at=self.clock.now(), by=by, company=company, subject=call_sid,
                detail={"from": str(before.state), "to": str(state)},
            )  # fmt: skip
        return Marked(marked, before.state)
