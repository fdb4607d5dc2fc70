from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.web.rendering import Assets

if TYPE_CHECKING:
    from tests.admin.desk import Desk


async def test_a_page_lets_nothing_of_others_in_and_is_kept_nowhere(desk: Desk) -> None:
    answer = await desk.get("/companies")

    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_styles_and_scripts_are_kept_for_ever_under_their_version(desk: Desk) -> None:
    address = Assets().address("style.css")

    answer = await desk.get(address, as_="stranger")

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("address", ["/static/old/style.css", "/static/old/../secret.key"])
async def test_nothing_but_the_files_of_this_version_is_served(desk: Desk, address: str) -> None:
    assert (await desk.get(address, as_="stranger")).status_code == 404


def test_an_asset_that_is_not_there_is_noticed_when_the_page_is_drawn() -> None:
    with pytest.raises(KeyError):
        Assets().address("nothing.js")
