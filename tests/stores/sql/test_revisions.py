from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from clientsvia.stores.sql.companies import SqlCompanies
from clientsvia.stores.sql.secrets import SecretBox
from clientsvia.stores.sql.tables import companies as companies_table
from clientsvia.stores.sql.tables import revisions
from tests.contracts.samples import company

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection

    from clientsvia.stores.sql.database import Database


async def test_a_company_older_than_the_history_begins_with_what_was_there(
    database: Database,
) -> None:
    companies = SqlCompanies(database, SecretBox([b"k" * 32]))
    (old, _) = await companies.save([company("acme"), company("miller")], by="jo")

    async def forget(connection: AsyncConnection) -> None:
        await connection.execute(delete(revisions))

    await database.write(forget)
    async with database.read() as connection:
        saved_at = await connection.scalar(
            select(companies_table.c.updated_at).where(companies_table.c.slug == "acme")
        )
    await companies.save([company("acme", name="New"), company("smith")], by="ann")
    await companies.save([company("acme", name="Newer")], by="ann")

    newest, new, before = await companies.revisions("acme")

    assert [newest.fields, new.fields, before.fields] == [("name",), ("name",), ()]
    assert (before.revision, before.by, before.at) == (old.revision, "", saved_at)
    assert before.profile["name"] == "Acme"
    assert [one.by for one in await companies.revisions("smith")] == ["ann"]
    assert list(await companies.revisions("miller")) == []
