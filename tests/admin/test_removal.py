from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.removal import remove_company
from clientsvia.companies.files import demo_profile
from clientsvia.companies.ports import StoredProfile
from clientsvia.errors import InvalidProfile
from tests.conftest import OPEN

if TYPE_CHECKING:
    from tests.admin.desk import Desk

STORED = StoredProfile(demo_profile(), 1)


async def test_a_company_goes_when_its_name_is_repeated_and_that_is_written_down(
    desk: Desk,
) -> None:
    stores, name = desk.services.stores, STORED.profile.name

    await remove_company(stores.companies, stores.audit, STORED, name, by="ann", now=OPEN)

    assert await stores.companies.get("demo") is None
    [entry] = await stores.audit.entries()
    assert (entry.act, entry.subject, entry.by) == ("company removed", "demo", "ann")


@pytest.mark.parametrize("typed", ["", "demo", "gulf breeze plumbing"])
async def test_without_its_name_nothing_is_removed(desk: Desk, typed: str) -> None:
    stores = desk.services.stores

    with pytest.raises(InvalidProfile, match="type its name"):
        await remove_company(stores.companies, stores.audit, STORED, typed, by="ann", now=OPEN)

    assert await stores.companies.get("demo") is not None
