from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.desk import Page

if TYPE_CHECKING:
    from tests.admin.desk import Desk

TRY_IT = "/companies/demo/try-it"
MORNING = {"called": "", "caller": "", "at": "2026-11-18T10:00"}


async def stepped(desk: Desk, page: Page, act: str, **typed: str) -> Page:
    """The page after a button was pressed, as a browser without scripts shows it."""
    answer = await desk.post(TRY_IT, page.fields | {"act": act} | typed)
    assert answer.status_code == 200, answer.text
    return Page(answer.text)


async def rung(desk: Desk, **typed: str) -> Page:
    return await stepped(desk, await desk.page(TRY_IT), "ring", **{"at": MORNING["at"]} | typed)


async def test_a_conversation_is_held_page_by_page(desk: Desk) -> None:
    page = await rung(desk)
    assert "an automated assistant" in page.text
    page = await stepped(desk, page, "say", text="how can I pay?")
    assert "how can I pay?" in page.text
    assert "credit cards" in page.text
    assert "an automated assistant" in page.text, "what was said before is still there"
    assert "knowledge:payment" in page.text
    assert "<Gather" in page.text
    assert "together" in page.text
    page = await stepped(desk, page, "hang_up")
    assert "The call is over" in page.text


async def test_only_what_is_new_is_marked_for_the_script(desk: Desk) -> None:
    page = await stepped(desk, await rung(desk), "say", text="how can I pay?")
    new = page.html.split("data-new")
    assert len(new) == 3
    assert "how can I pay?" in new[1]


async def test_moment_and_caller_are_chosen(desk: Desk) -> None:
    page = await rung(desk, at="2026-11-18T22:00", caller="anonymous")
    assert "Wed 18 Nov 2026, 22:00 EST" in page.text
    assert page.fields["caller"] == "anonymous"


async def test_somebody_is_rung_and_takes_the_call(desk: Desk) -> None:
    page = await stepped(desk, await rung(desk), "keys", text="0")
    assert "Whose telephone" in page.text
    page = await stepped(desk, page, "talked")
    assert "hears:" in page.text
    assert "The call is over" in page.text


async def test_what_cannot_happen_is_refused_and_the_conversation_stays(desk: Desk) -> None:
    page = await rung(desk)
    answer = await desk.post(TRY_IT, page.fields | {"act": "keys", "text": "seven"})
    assert answer.status_code == 422
    refused = Page(answer.text)
    assert "write digits, * and # alone" in refused.text
    assert refused.fields["text"] == "seven"
    page = await stepped(desk, refused, "say", text="how can I pay?")
    assert "credit cards" in page.text


async def test_no_moment_is_refused_with_what_was_typed(desk: Desk) -> None:
    page = await desk.page(TRY_IT)
    answer = await desk.post(TRY_IT, page.fields | {"act": "ring", "at": "soon", "caller": "7"})
    assert answer.status_code == 422
    assert "is no moment" in answer.text
    assert Page(answer.text).fields["caller"] == "7"


async def test_a_conversation_of_somebody_else_is_not_gone_on_with(desk: Desk) -> None:
    page = await rung(desk)
    answer = await desk.post(
        TRY_IT, {"act": "say", "text": "hi", "state": page.fields["state"]}, as_="member"
    )
    assert answer.status_code == 422
    assert "begin a new one" in answer.text


async def test_a_button_that_there_is_not_does_nothing(desk: Desk) -> None:
    answer = await desk.post(TRY_IT, (await rung(desk)).fields | {"act": "dance"})
    assert answer.status_code == 422
    assert "press one of the buttons" in answer.text


async def test_a_reader_is_told_who_may_try(desk: Desk) -> None:
    page = await desk.page(TRY_IT, as_="reader")
    assert "Your role reads only" in page.text
    assert (await desk.post(TRY_IT, MORNING | {"act": "ring"}, as_="reader")).status_code == 403


async def test_what_was_said_is_shown_as_text_alone(desk: Desk) -> None:
    page = await stepped(desk, await rung(desk), "say", text="<script>alert(1)</script>")
    assert "<script>alert" not in page.html


async def test_a_change_is_heard_at_the_next_step(desk: Desk) -> None:
    agent = await desk.page("/companies/demo/agent")
    await desk.post("/companies/demo/agent", agent.fields | {"greeting": "Ahoy there."})
    assert "Ahoy there." in (await rung(desk)).text


async def test_nothing_of_it_is_kept(desk: Desk) -> None:
    page = await rung(desk)
    await stepped(desk, page, "say", text="how can I pay?")
    assert await desk.services.call_log.calls() == []


async def test_a_company_without_a_number_is_told_to_add_one(desk: Desk) -> None:
    page = await desk.page("/companies/globex/try-it", as_="administrator")
    assert "Add one first" in page.text
