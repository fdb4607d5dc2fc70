"""The page of who is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.admin.desk import Desk

NOTIFY = "/companies/demo/hours/notify"


async def test_addresses_are_saved_and_shown_again(desk: Desk) -> None:
    page = await desk.page(NOTIFY)
    typed = page.fields | {
        "notify.email": "office@gulf.example",
        "notify.quiet": "21:00-07:00",
        "notify.digest": "18:00",
    }

    answer = await desk.post(NOTIFY, typed)

    assert answer.headers["location"] == f"{NOTIFY}?said=saved"
    page = await desk.page(NOTIFY)
    assert page.fields["notify.digest"] == "18:00:00"
    again = await desk.post(NOTIFY, page.fields)
    assert again.headers["location"] == f"{NOTIFY}?said=unchanged"


async def test_a_test_without_anybody_to_tell_says_what_to_do(desk: Desk) -> None:
    page = await desk.page(NOTIFY)

    answer = await desk.post(f"{NOTIFY}/test", page.fields)

    assert answer.headers["location"] == f"{NOTIFY}?said=nobody#told"
    assert "add an address above" in (await desk.page(f"{NOTIFY}?said=nobody")).text


async def test_what_became_of_a_test_is_shown_with_its_remedy(desk: Desk) -> None:
    page = await desk.page(NOTIFY)
    await desk.post(NOTIFY, page.fields | {"notify.email": "office@gulf.example"})
    await desk.services.directory.load()

    answer = await desk.post(f"{NOTIFY}/test", page.fields)

    assert answer.headers["location"] == f"{NOTIFY}?said=told#told"
    text = (await desk.page(NOTIFY)).text
    assert "email office@gulf.example" in text
    assert "CLIENTSVIA_SMTP_URL" in text
    [entry, *_] = await desk.services.stores.audit.entries("demo")
    assert (entry.act, entry.by) == ("notices tested", "owner@acme.example")
