from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.errors import ConfigurationError
from clientsvia.stores.sql.companies import SqlCompanies
from clientsvia.stores.sql.company_secrets import secrets_exist
from clientsvia.stores.sql.secrets import SecretBox
from tests.contracts.samples import ACCOUNT, company

if TYPE_CHECKING:
    from clientsvia.stores.sql.database import Database

CANARY = "canary-4711"
KEYS: dict[str, Any] = {"ai": {"api_key": CANARY}, "voice": {"api_key": CANARY}}
TWILIO = {"account_sid": ACCOUNT, "auth_tokens": [CANARY]}


@pytest.fixture
def companies(database: Database) -> SqlCompanies:
    return SqlCompanies(database, SecretBox([b"k" * 32]))


def execute(database: Database, statement: str) -> None:
    with closing(sqlite3.connect(database.path)) as connection:
        connection.execute(statement)
        connection.commit()


async def test_no_file_of_the_database_holds_a_secret(
    database: Database, companies: SqlCompanies
) -> None:
    await companies.save([company(twilio=TWILIO, **KEYS)])

    for file in database.path.parent.iterdir():
        assert CANARY.encode() not in file.read_bytes()


async def test_it_is_known_whether_secrets_are_stored(
    database: Database, companies: SqlCompanies
) -> None:
    await companies.save([company("acme"), company("miller", twilio={"account_sid": ACCOUNT})])
    assert not await secrets_exist(database)

    await companies.save([company("acme", voice={"api_key": CANARY})])
    assert await secrets_exist(database)
    await companies.save([company("acme", voice={"api_key": ""})])
    assert not await secrets_exist(database)
    await companies.save([company("acme", twilio=TWILIO)])
    assert await secrets_exist(database)


@pytest.mark.parametrize(
    "move",
    [
        "UPDATE provider_keys SET slug = 'miller' WHERE slug = 'acme'",
        "UPDATE provider_keys SET slug = 'miller', field = 'voice.api_key'",
        "INSERT INTO provider_keys SELECT 'miller', 'voice.api_key', key FROM provider_keys",
    ],
)
async def test_a_key_moved_to_another_company_or_field_is_refused(
    database: Database, companies: SqlCompanies, move: str
) -> None:
    await companies.save([company("acme", ai={"api_key": CANARY}), company("miller")])
    execute(database, move)

    with pytest.raises(ConfigurationError, match="of company miller cannot be decrypted"):
        await companies.get("miller")
    assert await companies.get("acme") is not None


async def test_a_company_whose_key_cannot_be_opened_is_mended_by_importing_it_with_all_of_them(
    database: Database, companies: SqlCompanies
) -> None:
    await companies.save([company(**KEYS)])
    mistaken = SqlCompanies(database, SecretBox([b"x" * 32]))

    for some in ({}, {"api_key": "new"}):
        with pytest.raises(ConfigurationError, match="add that key again"):
            await mistaken.save([company(ai=some)])
    (mended,) = await mistaken.save([company(ai={"api_key": "new"}, voice={"api_key": ""})])

    assert await mistaken.get("acme") == mended


async def test_a_wrong_key_hides_only_the_companies_that_need_it(
    database: Database, companies: SqlCompanies
) -> None:
    await companies.save([company("acme", **KEYS), company("miller")])

    found = await SqlCompanies(database, SecretBox([b"x" * 32])).all()

    assert [one.profile.slug for one in found] == ["miller"]


async def test_an_error_about_a_stored_company_does_not_show_its_keys(
    database: Database, companies: SqlCompanies
) -> None:
    await companies.save([company(**KEYS)])
    execute(database, "UPDATE companies SET profile = '{}'")

    with pytest.raises(ConfigurationError, match="import it again") as refusal:
        await companies.get("acme")

    assert CANARY not in str(refusal.value)
    assert refusal.value.__suppress_context__
