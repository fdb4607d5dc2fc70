from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.access.ports import ApiToken
from clientsvia.admin.access.visitor import Need
from tests.contracts.people import added, somebody
from tests.contracts.samples import NOON

if TYPE_CHECKING:
    from tests.contracts.workers import Worker

DAY = timedelta(days=1)


def token(
    name: str = "one",
    user_id: str = "ada",
    companies: frozenset[str] | None = None,
    days: int = 0,
) -> ApiToken:
    at = NOON + days * DAY
    return ApiToken(name, user_id, f"the {name}", Need.EDIT, companies, at, at + 90 * DAY)


@pytest.mark.parametrize("companies", [None, frozenset(), frozenset({"acme", "miller"})])
async def test_a_token_is_found_by_its_digest_alone(
    worker: Worker, other: Worker, companies: frozenset[str] | None
) -> None:
    await added(worker, somebody())
    await worker.access.api_tokens.add(token(companies=companies), "digest")

    assert await other.access.api_tokens.find("digest") == token(companies=companies)
    assert await other.access.api_tokens.find("one") is None


async def test_when_a_token_was_used_is_noted(worker: Worker, other: Worker) -> None:
    await added(worker, somebody())
    await worker.access.api_tokens.add(token(), "digest")

    await other.access.api_tokens.used("one", NOON + DAY)

    assert await worker.access.api_tokens.find("digest") == replace(token(), used_at=NOON + DAY)


async def test_a_token_is_revoked_by_its_user_alone(worker: Worker, other: Worker) -> None:
    await added(worker, somebody(), somebody("bob"))
    one, two, bobs = token(), token("two", days=1), token("three", "bob")
    for each in (one, two, bobs):
        await worker.access.api_tokens.add(each, each.id)
    tokens = other.access.api_tokens
    assert await tokens.of("ada") == [two, one]

    assert not await tokens.revoke("bob", "two")
    assert await tokens.revoke("ada", "two")
    assert not await tokens.revoke("ada", "two")
    assert await worker.access.api_tokens.of("ada") == [one]

    await tokens.revoke_all("ada")
    assert await worker.access.api_tokens.of("ada") == []
    assert await worker.access.api_tokens.of("bob") == [bobs]
