"""How long a call may go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.state import CallState
    from clientsvia.companies.company import Company


def over_limits(company: Company, state: CallState, now: datetime) -> bool:
    """Whether the call has used its turns or its time."""
    if state.turn >= company.limits.turns:
        return True
    return now.timestamp() - state.started_at >= company.limits.call_seconds
