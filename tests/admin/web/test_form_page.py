from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.desk import Page

if TYPE_CHECKING:
    from tests.admin.desk import Desk

AGENT = "/companies/demo/agent"


async def test_what_is_saved_is_stored_and_said(desk: Desk) -> None:
    page = await desk.page(AGENT)

    answer = await desk.post(AGENT, page.fields | {"agent.name": "Bea"})

    assert answer.headers["location"] == f"{AGENT}?said=saved"
    assert (await desk.page(AGENT)).fields["agent.name"] == "Bea"
    assert "in force from the next call" in (await desk.page(f"{AGENT}?said=saved")).text
    [revision, *_] = await desk.services.companies.revisions("demo")
    assert revision.by == "owner@acme.example"


async def test_a_form_sent_as_it_was_shown_changes_nothing(desk: Desk) -> None:
    page = await desk.page(AGENT)

    answer = await desk.post(AGENT, page.fields)

    assert answer.headers["location"] == f"{AGENT}?said=unchanged"


async def test_what_is_wrong_is_told_in_place_and_all_that_was_typed_is_still_there(
    desk: Desk,
) -> None:
    page = await desk.page(AGENT)
    typed = page.fields | {"agent.name": "", "agent.personality": "Merry & <b>bright</b>"}

    answer = await desk.post(AGENT, typed)

    assert answer.status_code == 422
    assert 'id="errors"' in answer.text
    assert 'href="#agent-name"' in answer.text
    assert 'aria-describedby="agent-name-hint agent-name-error"' in answer.text
    assert "Merry &amp; &lt;b&gt;bright&lt;/b&gt;" in answer.text


async def test_the_second_of_two_editors_sees_both_versions_and_may_save_again(
    desk: Desk,
) -> None:
    first, second = await desk.page(AGENT), await desk.page(AGENT, as_="member")
    await desk.post(AGENT, first.fields | {"agent.name": "Bea"})

    answer = await desk.post(AGENT, second.fields | {"agent.name": "Cleo"}, as_="member")

    assert answer.status_code == 409
    assert "Bea" in answer.text
    assert "Cleo" in answer.text

    again = await desk.post(AGENT, Page(answer.text).fields, as_="member")
    assert again.headers["location"] == f"{AGENT}?said=saved"
    assert (await desk.page(AGENT)).fields["agent.name"] == "Cleo"
