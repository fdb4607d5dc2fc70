"""Values that are made many times a call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

__all__ = ["value"]

if TYPE_CHECKING:
    from collections.abc import Callable
    from dataclasses import dataclass as value
else:

    def value(*, frozen: bool, slots: bool) -> Callable[[type], type]:
        """A slotted dataclass that the type checker holds to be frozen, with a value's hash.

        PERF: one of seven fields takes 0.4 us to make; one that is frozen at run time 1.1 us.
        """
        return dataclass(slots=slots, unsafe_hash=frozen)
