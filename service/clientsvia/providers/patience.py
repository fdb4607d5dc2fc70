"""How long providers are waited for: a caller's turn has 6 s in all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: to connect, for a read or write, to the first piece, between pieces, and in all.

    ``kept_s`` is how long an idle connection is kept for the next turn.
    """

    connect_s: float = 2.0
    request_s: float = 8.0
    first_s: float = 6.0
    stall_s: float = 3.0
    total_s: float = 30.0
    kept_s: float = 120.0
