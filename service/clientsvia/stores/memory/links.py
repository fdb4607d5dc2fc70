"""One-time links in the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from clientsvia.admin.access.ports import Link


class MemoryLinks:
    """Links in a dictionary, by digest, until they are used."""

    def __init__(self) -> None:
        self._links: dict[str, Link] = {}

    async def add(self, link: Link, digest: str) -> None:
        """Add a link, in the place of others of its kind, address and company."""
        self._drop(lambda one: _place(one) == _place(link))
        self._links[digest] = link

    async def find(self, digest: str) -> Link | None:
        """The link whose token has this digest, ended by time or not."""
        return self._links.get(digest)

    async def take(self, digest: str) -> Link | None:
        """The same, which nobody else gets from then on."""
        return self._links.pop(digest, None)

    async def of(self, company: str) -> Sequence[Link]:
        """The invitations to a company, the newest first."""
        found = [link for link in self._links.values() if link.company == company]
        found.sort(key=lambda link: link.id)
        return sorted(found, key=lambda link: link.made_at, reverse=True)

    async def drop(self, company: str, link_id: str) -> None:
        """Take back one of a company's invitations; no other company's."""
        self._drop(lambda one: one.company == company and one.id == link_id)

    async def forget_company(self, company: str) -> None:
        """Drop the invitations to a company that is no more."""
        self._drop(lambda one: one.company == company)

    async def forget(self, *, expired_before: datetime) -> None:
        """Drop those that ended before a time."""
        self._drop(lambda one: one.expires_at < expired_before)

    def _drop(self, goes: Callable[[Link], bool]) -> None:
        self._links = {key: one for key, one in self._links.items() if not goes(one)}


def _place(link: Link) -> tuple[str, str, str]:
    return link.kind, link.email, link.company
