"""What notices need of the outside: a place to wait in, and channels that carry them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.notices.notice import Notice


class Outbox(Protocol):
    """Notices that wait to be sent; what is in it survives every crash."""

    async def add(self, notices: Sequence[Notice]) -> None:
        """Put notices in; one whose (company, key) is there already is left as it is."""

    async def withdraw(self, company: str, key: str) -> None:
        """Take back a notice that has not been sent; one that is not there is no error."""
