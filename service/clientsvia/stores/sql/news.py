"""News of companies, read from the database they are kept in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clientsvia.stores.sql.database import Database


class SqlNews:
    """Sees what any process of this host commits, within some 20 ms.

    ``newer`` raises StoreUnavailable when the database does not answer.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def tell(self, revision: int) -> None:
        """Nothing is to be done: the commit of a company is seen by itself."""

    async def newer(self, than: int) -> int:
        """The newest revision of any company, as soon as there is one above ``than``."""
        return await self._database.newer_revision(than)
