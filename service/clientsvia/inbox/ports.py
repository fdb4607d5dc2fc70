"""What the inbox needs of the outside: what is to be carried out, and where messages are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

    from clientsvia.calls.log_queries import Place
    from clientsvia.inbox.message import Message, MessageState


@dataclass(frozen=True, slots=True)
class Committed:
    """An effect of a committed step that is still to be carried out.

    ``id`` grows with each commit. ``kind`` is the name of a class in ``calls.effects``, ``data``
    its fields as a JSON object. ``at`` is when the step was taken, in UTC; ``claimed`` while
    somebody is at work on it.
    """

    id: int
    company: str
    call_sid: str
    turn: int
    at: datetime
    kind: str
    data: Mapping[str, Any]
    claimed: bool = False


class Effects(Protocol):
    """Effects of committed steps: each is there from its step's commit until it is done."""

    async def waiting(self, now: datetime, *, limit: int = 500) -> Sequence[Committed]:
        """The oldest effects, in the order of their commits, and whether each is claimed."""

    async def claim(self, ids: Collection[int], now: datetime, until: datetime) -> bool:
        """Take these up to ``until``, all or none; False when somebody has or had one of them."""

    async def done(self, ids: Collection[int]) -> None:
        """Forget effects that have been carried out."""


@dataclass(frozen=True, slots=True)
class Untold:
    """A message whose owner is to hear of it at ``at``.

    ``version`` grows with all that is to be told: what is told once a version is told once.
    """

    message: Message
    at: datetime
    version: int


class Messages(Protocol):
    """The message boxes of all companies; each is reached by its company's slug alone."""

    async def keep(self, message: Message, *, tell_at: datetime | None = None) -> Message:
        """Add a message, or what is not empty in it to the one of its call; as it is then.

        Where that changes anything its owner is to hear of it at ``tell_at``, if one is given: in
        the same transaction, so that no crash comes between.
        """

    async def get(self, company: str, call_sid: str) -> Message | None:
        """The message of a call, or None."""

    async def list(
        self,
        company: str | None,
        *,
        states: Sequence[MessageState] = (),
        before: Place | None = None,
        limit: int = 50,
    ) -> Sequence[Message]:
        """The newest first, those after the place ``before``; of all companies with None.

        Of these states alone where some are given.
        """

    async def mark(self, company: str, call_sid: str, state: MessageState) -> Message | None:
        """Set what became of a message; None when there is none."""

    async def untold(self, *, limit: int = 500) -> Sequence[Untold]:
        """The messages whose owners are still to hear of them, the first due first."""

    async def hasten(self, company: str, call_sid: str, at: datetime) -> None:
        """Have a message told at ``at`` that would be told later; one that was told stays so."""

    async def told(self, untold: Untold) -> None:
        """Note that the owner has been told, unless more has come to be told meanwhile."""
