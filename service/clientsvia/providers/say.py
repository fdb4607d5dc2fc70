"""Twilio's own voices: nothing is made, nothing is stored, and no account is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.deadline import SPEAK

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.companies.company import Company


class SaySpeech:
    """Leaves every sentence to ``<Say>``."""

    def has_voice(self, _company: Company) -> bool:
        """No company has one."""
        return False

    async def speak(self, _company: Company, _text: str, *, patience: float = SPEAK) -> str:  # noqa: ARG002 - the port's
        """No clip."""
        return ""

    def ready(self, _company: Company, _text: str) -> str:
        """No clip."""
        return ""

    def learn(self, clip: str) -> None:
        """No process makes one."""

    def follow(self, changed: Callable[[str], None]) -> None:
        """Nothing ever changes."""

    async def close(self) -> None:
        """Nothing is open."""
