"""What numbers at Twilio were set to before, in the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.ports import KeptSettings


class MemoryKeptNumbers:
    """Settings in a dictionary, by company and number."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], KeptSettings] = {}

    async def keep(self, kept: KeptSettings) -> None:
        """Remember it, in place of what was remembered of this number of the company."""
        self._kept[kept.company, kept.number] = kept

    async def kept(self, company: str, number: str) -> KeptSettings | None:
        """What is remembered of a number of the company, or None."""
        return self._kept.get((company, number))

    async def all_kept(self, company: str) -> Sequence[KeptSettings]:
        """What is remembered of all numbers of the company, by number."""
        return [self._kept[key] for key in sorted(self._kept) if key[0] == company]

    async def forget(self, company: str, number: str) -> None:
        """Remember nothing more of it."""
        self._kept.pop((company, number), None)
