"""An answer from its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.ports import Answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from clientsvia.calls.ports import Part

UNKNOWN = Answer((), "unknown")


def assembled(parts: Iterable[Part]) -> Answer:
    """The answer that parts make; the unknown one when there are none."""
    parts = list(parts)
    if not parts:
        return UNKNOWN
    return Answer(
        tuple(part.text for part in parts if part.text),
        next((part.source for part in parts if part.source), "unknown"),
        max(part.score for part in parts),
        next((part.action for part in parts if part.action), None),
    )


async def whole(parts: AsyncIterator[Part]) -> Answer:
    """The answer when all of its parts are there."""
    return assembled([part async for part in parts])
