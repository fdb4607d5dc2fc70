from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.admin.pages.test_privacy import CALLER, know, known

if TYPE_CHECKING:
    from tests.admin.desk import Desk

OF = "/companies/demo/callers"


async def test_a_card_is_read_by_the_number_in_any_spelling(desk: Desk) -> None:
    await know(desk)

    answer = await desk.api("POST", f"{OF}/card", json={"number": "239-333-4444"}, as_="reader")

    assert (answer.json["number"], answer.json["name"]) == (CALLER, "Jo Berg")


async def test_a_caller_is_exported_and_erased(desk: Desk) -> None:
    await know(desk)

    told = await desk.api("POST", f"{OF}/export", json={"number": CALLER})
    slip = await desk.api("POST", f"{OF}/erase", json={"number": CALLER, "confirm": "1"})
    done = await desk.api("POST", f"{OF}/erase", json={"number": CALLER, "confirm": CALLER})

    assert told.json["card"][0]["name"] == "Jo Berg"
    assert slip.status_code == 422
    assert done.json["card"] is True
    assert await known(desk) == []


@pytest.mark.parametrize("act", ["export", "erase"])
async def test_members_neither_export_nor_erase(desk: Desk, act: str) -> None:
    body = {"number": CALLER, "confirm": CALLER}

    answer = await desk.api("POST", f"{OF}/{act}", json=body, as_="member")

    assert answer.status_code == 403


async def test_what_is_no_number_is_refused_and_not_repeated(desk: Desk) -> None:
    answer = await desk.api("POST", f"{OF}/card", json={"number": "Jo Berg"})

    assert answer.status_code == 422
    assert "Jo Berg" not in answer.text
