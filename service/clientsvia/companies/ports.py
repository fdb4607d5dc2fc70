"""What companies need of a store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.companies.revisions import Revision


@dataclass(frozen=True, slots=True)
class StoredProfile:
    """A profile as stored, with the store-wide revision of its last change."""

    profile: CompanyProfile
    revision: int


@dataclass(frozen=True, slots=True)
class Removed:
    """A company that is no more, with the revision of its removal."""

    slug: str
    revision: int


class CompanyNews(Protocol):
    """Word that a company was changed, from whichever process changed it."""

    async def tell(self, revision: int) -> None:
        """Tell everybody that the store holds this revision."""

    async def newer(self, than: int) -> int:
        """The newest revision told of, as soon as there is one above ``than``."""


class Companies(Protocol):
    """Company profiles by slug; every number belongs to at most one company."""

    async def all(self) -> Sequence[StoredProfile]:
        """Every company, ordered by slug; one that cannot be read is left out."""

    def pages(self) -> AsyncIterator[Sequence[StoredProfile]]:
        """The same, some at a time: thousands at once take memory that is not given back."""

    async def newest(self) -> int:
        """The highest revision of any company; 0 without companies."""

    async def get(self, slug: str) -> StoredProfile | None:
        """One company, or None; raises ConfigurationError when it cannot be read."""

    async def owner_of(self, number: str) -> str | None:
        """The slug of the company that owns this E.164 number, active or not."""

    async def save(
        self, profiles: Sequence[CompanyProfile], *, by: str = ""
    ) -> Sequence[StoredProfile]:
        """Insert or replace companies by slug, all or none; the history says it was done ``by``.

        A profile without ``twilio``, or without a provider's key, keeps what is stored; an empty
        key takes it away. A profile equal to what is stored keeps its revision. Raises
        InvalidProfile when a number belongs to another company, or a secret would go elsewhere.
        """

    async def change(
        self, slug: str, alter: Callable[[StoredProfile], CompanyProfile], *, by: str = ""
    ) -> StoredProfile | None:
        """Save what ``alter`` makes of a company; None when there is none of this slug.

        Nobody else's change comes between what ``alter`` is given and what is saved. What it raises
        leaves the company as it is.
        """

    async def revisions(
        self, slug: str, *, before: int | None = None, limit: int = 50
    ) -> Sequence[Revision]:
        """What a company was changed to, newest first, where ``before`` is given below that one.

        A company's last 1,000 are kept, each written with the change itself.
        """

    async def forget_caller(self, slug: str, number: str) -> int:
        """Take a caller's card out of every state a company has been in; in how many it was.

        What the company is now stays: change that before.
        """

    async def remove(self, slug: str, *, by: str) -> bool:
        """Remove a company with all that is kept of it; False when there is none of this slug.

        Its history ends with its removal, and holds nothing else; ``changes`` tells of it at once.
        """

    async def clear_removed(self) -> int:
        """Delete what was written of companies after they were removed, and say how much it was.

        As by calls that were under way. A company that is there again keeps everything.
        """

    async def changes(self, after: int) -> Sequence[StoredProfile | Removed]:
        """Wait until some company has a revision above ``after``; all such, oldest first.

        Sees what other processes commit within 50 ms.
        """
