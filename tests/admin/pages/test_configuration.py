from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.notices.sightings import Sighting

if TYPE_CHECKING:
    from tests.admin.desk import Desk

PAGE = "/companies/demo/configuration"
NUMBERS = f"{PAGE}/numbers"
FIRST, SECOND = "+12395551212", "+12395550199"


async def numbers(desk: Desk) -> list[tuple[str, bool]]:
    stored = await desk.services.companies.get("demo")
    assert stored is not None
    return [(entry.number, entry.active) for entry in stored.profile.numbers]


async def test_a_number_is_added_in_any_spelling_and_shown_in_both_forms(desk: Desk) -> None:
    answer = await desk.post(NUMBERS, {"act": "add", "number": " 239.555.0199 "})

    assert answer.headers["location"] == f"{PAGE}?said=added#numbers"
    assert (SECOND, True) in await numbers(desk)
    page = await desk.page(PAGE)
    assert "(239) 555-0199" in page.text
    assert SECOND in page.text


async def test_a_number_is_put_first_switched_off_and_on_and_taken_out(desk: Desk) -> None:
    before = await numbers(desk)
    await desk.post(NUMBERS, {"act": "add", "number": SECOND})

    await desk.post(NUMBERS, {"act": "first", "number": SECOND})
    assert await numbers(desk) == [(SECOND, True), *before]
    await desk.post(NUMBERS, {"act": "off", "number": SECOND})
    assert (await numbers(desk))[0] == (SECOND, False)
    await desk.post(NUMBERS, {"act": "on", "number": SECOND})
    assert (await numbers(desk))[0] == (SECOND, True)
    gone = await desk.post(NUMBERS, {"act": "remove", "number": SECOND})
    assert await numbers(desk) == before

    undo = await desk.page(gone.headers["location"])
    assert "was taken out" in undo.text
    await desk.post(NUMBERS, {"act": "add", "number": SECOND, "first": undo.fields["first"]})
    assert await numbers(desk) == [(SECOND, True), *before]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("12", "not a valid number"),
        (FIRST, "stands in the list"),
        ("+12395550777", "another company"),
    ],
)
async def test_what_cannot_be_added_is_told_beside_the_field_and_stays_typed(
    desk: Desk, typed: str, told: str
) -> None:
    foreign = await desk.services.companies.get("globex")
    assert foreign is not None
    taken = foreign.profile.model_validate(
        foreign.profile.model_dump() | {"numbers": ["+12395550777"]}
    )
    await desk.services.companies.save([taken])

    answer = await desk.post(NUMBERS, {"act": "add", "number": typed})

    assert answer.status_code == 422
    assert told in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert f'value="{typed}"' in answer.text
    assert "globex" not in answer.text.lower()


async def test_an_act_nobody_knows_is_refused(desk: Desk) -> None:
    answer = await desk.post(NUMBERS, {"act": "sell", "number": FIRST})
    assert answer.status_code == 422
    answer = await desk.post(NUMBERS, {"act": "off", "number": SECOND})
    assert "not in the list any more" in answer.text


async def test_every_webhook_has_its_address_method_purpose_and_a_copy_button(desk: Desk) -> None:
    page = await desk.page(PAGE)

    assert "Show Webhook URLs" in page.text
    for name in ("voice", "handle-speech", "partial-speech", "speech-timing-test"):
        assert f"https://answers.example/api/twilio/{name}" in page.text
        assert f'data-copy="url-{name}"' in page.html
    for path in ("fallback", "status"):
        assert f"https://answers.example/api/twilio/{path}" in page.text
    assert "HTTP POST" in page.text
    assert "Active Numbers" in page.text


async def test_a_badge_tells_whether_calls_come_here(desk: Desk) -> None:
    assert "never called" in (await desk.page(PAGE)).text
    now = desk.services.clock.now()
    book = desk.services.stores.sightings

    await book.add([Sighting("demo", FIRST, good_at=now - timedelta(minutes=2))])
    assert "verified 2 min ago" in (await desk.page(PAGE)).text

    await book.add([Sighting("demo", FIRST, refused_at=now, reason="no signature")])
    page = await desk.page(PAGE)
    assert "signature failing" in page.text
    assert "no signature" in page.text


async def test_members_see_the_numbers_and_owners_change_them(desk: Desk) -> None:
    page = await desk.page(PAGE, as_="member")

    assert "Add number" not in page.text
    assert (
        await desk.post(NUMBERS, {"act": "off", "number": FIRST}, as_="member")
    ).status_code == 403
    assert "**61*+12395551212**20#" in page.text
    assert "*71 2395551212" in page.text
