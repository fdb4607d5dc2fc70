"""Letting go of what belongs to a company that was removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

K = TypeVar("K")


def forget(kept: dict[K, Any], belongs: Callable[[K], bool]) -> int:
    """Take out every item whose key ``belongs``; how many those were."""
    gone = [key for key in kept if belongs(key)]
    for key in gone:
        del kept[key]
    return len(gone)
