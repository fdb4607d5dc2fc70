"""What owners were told, and a test of whether they can be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.companies.contact_profiles import NotifyProfile

if TYPE_CHECKING:
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile
    from tests.admin.desk import Desk

OF = "/companies/demo/notices"


async def test_a_company_that_names_nobody_has_told_nobody(desk: Desk) -> None:
    assert (await desk.api("POST", f"{OF}/test")).json == {"items": []}
    assert (await desk.api("GET", OF)).json == {"items": []}


async def test_a_test_tells_what_became_of_it_and_stands_in_the_list(desk: Desk) -> None:
    def told(stored: StoredProfile) -> CompanyProfile:
        notify = NotifyProfile(email=("office@gulf.example",))
        return stored.profile.model_copy(update={"notify": notify})

    await desk.services.companies.change("demo", told)
    await desk.services.directory.load()

    [item] = (await desk.api("POST", f"{OF}/test", as_="member")).json["items"]

    assert (item["kind"], item["channel"], item["state"]) == ("test", "email", "given-up")
    assert "CLIENTSVIA_SMTP_URL" in item["remedy"]
    assert [one["id"] for one in (await desk.api("GET", OF)).json["items"]] == [item["id"]]
    assert (await desk.api("POST", f"{OF}/test", as_="reader")).status_code == 403
