from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.pages.ai import masked
from tests.admin.desk import Page

if TYPE_CHECKING:
    from clientsvia.companies.profile import CompanyProfile
    from tests.admin.desk import Desk

AI = "/companies/demo/ai"
KEYS = f"{AI}/keys"
KEY = "sk-canary-0123456789-wxyz"


async def stored(desk: Desk) -> CompanyProfile:
    found = await desk.services.companies.get("demo")
    assert found is not None
    return found.profile


async def with_key(desk: Desk) -> None:
    page = await desk.page(KEYS)
    answer = await desk.post(KEYS, page.fields | {"ai.api_key": KEY})
    assert answer.headers["location"] == f"{KEYS}?said=saved"


async def test_who_answers_and_who_stands_in_are_saved(desk: Desk) -> None:
    page = await desk.page(AI, as_="member")
    typed = page.fields | {"ai.responder": "openai", "ai.threshold": "0.6"}

    await desk.post(AI, typed, as_="member")

    ai = (await stored(desk)).ai
    assert (ai.responder, ai.fallbacks, ai.threshold) == ("openai", ("knowledge",), 0.6)


async def test_two_stand_ins_are_saved_in_their_order(desk: Desk) -> None:
    page = await desk.page(AI)

    await desk.post(AI, page.fields | {"ai.fallbacks": "openai, knowledge"})

    assert (await stored(desk)).ai.fallbacks == ("openai", "knowledge")
    assert (await desk.page(AI)).fields["ai.fallbacks"] == "openai, knowledge"


async def test_a_key_is_shown_by_its_last_four_characters_alone(desk: Desk) -> None:
    await with_key(desk)

    for path in (AI, KEYS):
        page = await desk.page(path)
        assert "…wxyz" in page.text
        assert KEY not in page.html


async def test_a_key_stays_when_its_field_is_left_empty_and_goes_when_it_is_removed(
    desk: Desk,
) -> None:
    await with_key(desk)
    page = await desk.page(KEYS)

    await desk.post(KEYS, page.fields | {"spend.monthly_usd": "50"})
    profile = await stored(desk)
    assert (profile.ai.api_key, profile.spend.monthly_usd) == (KEY, 50)

    page = await desk.page(KEYS)
    await desk.post(KEYS, page.fields | {"ai.api_key._remove": "on"})
    assert not (await stored(desk)).ai.api_key


async def test_a_key_that_was_typed_is_not_shown_again_when_something_else_is_wrong(
    desk: Desk,
) -> None:
    page = await desk.page(KEYS)

    answer = await desk.post(KEYS, page.fields | {"ai.api_key": KEY, "spend.monthly_usd": "-1"})

    assert answer.status_code == 422
    assert KEY not in answer.text
    assert "is too small" in Page(answer.text).text


async def test_a_stored_key_never_goes_to_another_server(desk: Desk) -> None:
    await with_key(desk)
    page = await desk.page(KEYS)

    answer = await desk.post(KEYS, page.fields | {"ai.base_url": "https://models.example/v1"})

    assert answer.status_code == 422
    assert "write the key of the new server" in answer.text


async def test_keys_are_the_owners_matter(desk: Desk) -> None:
    assert (await desk.get(KEYS, as_="member")).status_code == 403
    assert "An owner of the company changes these" in (await desk.page(AI, as_="member")).text


def test_of_a_short_key_less_is_shown() -> None:
    assert [masked("abcdefgh"), masked("abc"), masked(None)] == ["…gh", "…", ""]


async def test_a_key_of_the_new_server_goes_with_it(desk: Desk) -> None:
    await with_key(desk)
    page = await desk.page(KEYS)
    typed = page.fields | {"ai.base_url": "https://models.example/v1", "ai.api_key": "other-key"}

    await desk.post(KEYS, typed)

    ai = (await stored(desk)).ai
    assert (ai.base_url, ai.api_key) == ("https://models.example/v1", "other-key")
