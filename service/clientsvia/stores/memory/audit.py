"""What people did, in the process."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientsvia.admin.audit import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


class MemoryAuditLog:
    """Entries in a list."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._written = 0

    def forget_company(self, company: str) -> int:
        """Let go of all entries of a company; how many those were."""
        kept = [entry for entry in self._entries if entry.company != company]
        gone = len(self._entries) - len(kept)
        self._entries = kept
        return gone

    async def write(
        self,
        act: str,
        *,
        at: datetime,
        by: str,
        company: str = "",
        subject: str = "",
        detail: Mapping[str, Any] | None = None,
    ) -> Entry:
        """Note what somebody did."""
        self._written += 1
        made = Entry(self._written, at, company, by, act, subject, detail or {})
        self._entries.append(made)
        return made

    async def entries(
        self, company: str | None = None, *, before: int | None = None, limit: int = 50
    ) -> Sequence[Entry]:
        """The newest first."""
        found = [
            entry
            for entry in reversed(self._entries)
            if company in {None, entry.company} and (before is None or entry.id < before)
        ]
        return found[:limit]
