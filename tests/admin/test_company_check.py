from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.company_check import CompanyCheck
from clientsvia.admin.looking import Looking
from clientsvia.wiring import setup_of, sources_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.diagnosis import Check
    from tests.admin.desk import Desk


async def look(desk: Desk, *, patience: float) -> Sequence[Check]:
    services = desk.services
    setup = setup_of(services.stores.settings, services)
    check = CompanyCheck(Looking(setup, services.clock), sources_of(services), patience)
    stored = await services.companies.get("demo")
    assert stored is not None
    return await check.of(stored)


async def test_what_is_to_be_mended_stands_first_in_each_trouble(desk: Desk) -> None:
    found = await look(desk, patience=30)
    for trouble in dict.fromkeys(one.trouble for one in found):
        well = [one.well for one in found if one.trouble is trouble]
        assert well == sorted(well)
    assert not {"store", "operator", "key file"} & {one.what for one in found}


async def test_time_that_is_up_ends_it_with_what_was_found_by_then(desk: Desk) -> None:
    found = await look(desk, patience=0)
    assert found[0].what in {"the rest", "demo"}
    assert "the rest" in {one.what for one in found}
