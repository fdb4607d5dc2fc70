from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.admin.desk import Desk

PAGE = "/companies/demo/remove"


async def test_a_company_is_removed_by_whoever_types_its_name(desk: Desk) -> None:
    stored = await desk.services.companies.get("demo")
    assert stored is not None
    refused = await desk.post(PAGE, {"confirm": "another"})
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.text
    assert await desk.services.companies.get("demo") == stored

    answer = await desk.post(PAGE, {"confirm": f" {stored.profile.name}  "})

    assert answer.headers["location"] == "/companies?said=gone"
    assert await desk.services.companies.get("demo") is None
    assert (await desk.get("/companies/demo")).status_code == 404
    [entry] = await desk.services.stores.audit.entries("")
    assert (entry.act, entry.subject, entry.by) == ("company removed", "demo", "owner@acme.example")


async def test_members_remove_nothing(desk: Desk) -> None:
    assert (await desk.get(PAGE, as_="member")).status_code == 403
    assert (await desk.post(PAGE, {"confirm": "x"}, as_="member")).status_code == 403
