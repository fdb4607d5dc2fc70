from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.removing import remove
from clientsvia.companies.files import demo_profile
from clientsvia.errors import InvalidInput
from tests.conftest import OPEN

if TYPE_CHECKING:
    from tests.admin.desk import Desk


async def test_a_company_goes_when_its_name_is_repeated_and_that_is_written_down(
    desk: Desk,
) -> None:
    stores, profile = desk.services.stores, demo_profile()

    await remove(stores.companies, stores.audit, profile, confirmed=profile.name, by="ann", at=OPEN)

    assert await stores.companies.get(profile.slug) is None
    [entry] = await stores.audit.entries()
    assert (entry.act, entry.subject, entry.by) == ("company removed", profile.slug, "ann")


@pytest.mark.parametrize("confirmed", ["", "demo", "gulf breeze plumbing"])
async def test_without_its_name_nothing_is_removed(desk: Desk, confirmed: str) -> None:
    stores, profile = desk.services.stores, demo_profile()

    with pytest.raises(InvalidInput, match="confirm it by its name"):
        await remove(
            stores.companies, stores.audit, profile, confirmed=confirmed, by="ann", at=OPEN
        )

    assert await stores.companies.get(profile.slug) is not None
