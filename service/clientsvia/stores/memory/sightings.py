"""When numbers were last heard of, in the process."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.notices.sightings import Sighting

if TYPE_CHECKING:
    from collections.abc import Sequence


class MemorySightingBook:
    """Sightings in a dictionary, by company and number."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], Sighting] = {}

    async def add(self, sightings: Sequence[Sighting]) -> None:
        """Note them; of each time the later one stays, with its reason."""
        for one in sightings:
            key = one.company, one.number
            known = self._seen.get(key, Sighting(*key))
            if one.good_at and (not known.good_at or one.good_at > known.good_at):
                known = replace(known, good_at=one.good_at)
            if one.refused_at and (not known.refused_at or one.refused_at > known.refused_at):
                known = replace(known, refused_at=one.refused_at, reason=one.reason)
            self._seen[key] = known

    async def of(self, *companies: str) -> Sequence[Sighting]:
        """Those of these companies' numbers, by number."""
        found = [one for (company, _), one in self._seen.items() if company in companies]
        return sorted(found, key=lambda one: one.number)
