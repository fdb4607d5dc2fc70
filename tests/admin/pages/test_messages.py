from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.inbox.message import MessageState
from tests.admin.desk import Page
from tests.admin.logged_calls import DAY, SID, leave_message

if TYPE_CHECKING:
    from tests.admin.desk import Desk

MESSAGES = "/companies/demo/messages"
ONE = f"{MESSAGES}/{SID}"


async def test_an_empty_box_says_how_it_fills(desk: Desk) -> None:
    assert "No message was left yet" in (await desk.page(MESSAGES)).text


async def test_messages_are_listed_by_what_became_of_them(desk: Desk) -> None:
    await leave_message(desk, "CA1", name="Ada", urgent=True)
    await leave_message(desk, "CA2", name="Bob", state=MessageState.DONE)

    every, done = await desk.page(MESSAGES), await desk.page(f"{MESSAGES}?state=done")

    assert "Ada, (239) 333-4444" in every.text
    assert "Urgent" in every.text
    assert f"{MESSAGES}/CA2" in every.links
    assert f"{MESSAGES}/CA1" not in done.links
    assert f"{MESSAGES}/CA2" in done.links
    assert "marked “Seen”" in (await desk.page(f"{MESSAGES}?state=read")).text


async def test_a_long_list_goes_on_where_the_page_before_it_ended(desk: Desk) -> None:
    for number in range(51):
        await leave_message(desk, f"CA{number:02}", at=DAY + timedelta(minutes=number))

    first = await desk.page(f"{MESSAGES}?state=new")
    [later] = [link for link in first.links if "before=" in link]

    assert "state=new" in later
    assert f"{MESSAGES}/CA00" in (await desk.page(f"{MESSAGES}{later}")).links
    assert f"{MESSAGES}/CA00" not in first.links


async def test_a_message_tells_who_is_to_be_called_back_and_about_what(desk: Desk) -> None:
    await leave_message(desk, name="Ada", number="+12395550142", summary="A pipe leaks.")

    page = await desk.page(ONE, as_="reader")

    assert "tel:+12395550142" in page.links
    assert "(239) 333-4444" in page.text
    assert "A pipe leaks." in page.text
    assert f"/companies/demo/calls/{SID}" in page.links
    assert "Undo" not in page.text


async def test_a_message_is_marked_and_that_can_be_undone(desk: Desk) -> None:
    await leave_message(desk)
    page = await desk.page(ONE, as_="member")

    answer = await desk.post(ONE, page.fields | {"state": "done"}, as_="member")
    marked = await desk.page(answer.headers["location"], as_="member")

    assert "Marked: Done." in marked.text
    await desk.post(ONE, marked.fields | {"state": "new"}, as_="member")
    message = await desk.services.stores.messages.get("demo", SID)
    assert message is not None
    assert message.state is MessageState.NEW
    entries = await desk.services.stores.audit.entries("demo")
    assert [(one.act, one.by, one.detail) for one in entries] == [
        ("message marked", "member@acme.example", {"from": "done", "to": "new"}),
        ("message marked", "member@acme.example", {"from": "new", "to": "done"}),
    ]


async def test_what_stays_as_it_is_needs_no_way_back(desk: Desk) -> None:
    await leave_message(desk)

    answer = await desk.post(ONE, {"state": "new"})

    assert answer.headers["location"] == ONE
    assert await desk.services.stores.audit.entries("demo") == []


async def test_a_reader_sees_no_buttons_and_marks_nothing(desk: Desk) -> None:
    await leave_message(desk)

    page = await desk.page(ONE, as_="reader")

    assert 'value="done"' not in page.html
    assert (await desk.post(ONE, {"state": "done"}, as_="reader")).status_code == 403


@pytest.mark.parametrize(("form", "status"), [({"state": "lost"}, 422), ({}, 422)])
async def test_a_state_that_is_none_is_refused_with_those_there_are(
    desk: Desk, form: dict[str, str], status: int
) -> None:
    await leave_message(desk)

    answer = await desk.post(ONE, form)

    assert answer.status_code == status
    assert "one of new, read, call-back, done" in Page(answer.text).text


async def test_a_message_of_another_company_is_not_there(desk: Desk) -> None:
    await leave_message(desk, company="globex")

    assert (await desk.get(ONE)).status_code == 404
    assert (await desk.post(ONE, {"state": "done"})).status_code == 404
