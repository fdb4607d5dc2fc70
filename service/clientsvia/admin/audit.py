"""What people did, as far as it changed no profile: that is in the history of companies."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that somebody did; ``company`` is empty where it was to none in particular.

    ``act`` is two words or so (``sign-in refused``), ``subject`` what it was done to, ``detail``
    whatever else is worth knowing, as JSON has it. No secret and no session's token belongs there.
    """

    id: int
    at: datetime
    company: str
    by: str
    act: str
    subject: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


class AuditLog(Protocol):
    """Entries in the order they were written; none is ever changed."""

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

    async def entries(
        self, company: str | None = None, *, before: int | None = None, limit: int = 50
    ) -> Sequence[Entry]:
        """The newest first, where ``before`` is given with a lower id; of all with None.

        An empty ``company`` is for what was done to none in particular.
        """
