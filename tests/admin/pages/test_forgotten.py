from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.desk import PASSWORD, open_desk
from tests.companies.following import until
from tests.providers.mail import mailroom

if TYPE_CHECKING:
    from tests.admin.desk import Desk

EMAIL = "owner@acme.example"


async def test_without_a_mail_server_the_page_says_who_can_help(desk: Desk) -> None:
    page = await desk.page("/forgotten", as_="stranger")

    assert "ask them for one" in page.text
    assert "email" not in page.fields


async def test_a_link_is_mailed_once_to_who_has_a_user_and_nobody_learns_who_has_one() -> None:
    with mailroom() as room:
        url = f"smtp://127.0.0.1:{room.port}"
        async with open_desk(smtp_url=url, mail_from="answers@acme.example") as desk:
            told = await desk.post("/forgotten", {"email": EMAIL}, as_="stranger")
            await until(lambda: bool(room.mails))  # it is mailed after the answer
            await desk.post("/forgotten", {"email": EMAIL}, as_="stranger")
            other = await desk.post("/forgotten", {"email": "no@acme.example"}, as_="stranger")
            path = room.mails[0].get_content().split("https://answers.example")[1].split()[0]
            used = await desk.post(path, {"password": PASSWORD}, as_="stranger")

    assert told.text == other.text
    assert len(room.mails) == 1
    assert room.mails[0]["To"] == EMAIL
    assert used.status_code == 303


async def test_who_asks_too_often_is_told_to_wait() -> None:
    async with open_desk(smtp_url="smtp://127.0.0.1:9", mail_from="answers@acme.example") as desk:
        for _ in range(5):
            await desk.post("/forgotten", {"email": "no@acme.example"}, as_="stranger")
        answer = await desk.post("/forgotten", {"email": "no@acme.example"}, as_="stranger")

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1


async def test_an_invitation_is_mailed_where_there_is_a_mail_server_that_takes_it() -> None:
    with mailroom() as room:
        url = f"smtp://127.0.0.1:{room.port}"
        async with open_desk(smtp_url=url, mail_from="answers@acme.example") as desk:
            form = {"email": "bob@acme.example", "role": "member"}
            mailed = await desk.post("/companies/demo/people", form)
            room.always["RCPT"] = "550 no such mailbox"
            refused = await desk.post("/companies/demo/people", form)

    assert "It is mailed" in mailed.text
    assert "owner@acme.example invited you" in room.mails[0].get_content()
    assert "It could not be mailed" in refused.text
    assert "https://answers.example/link/" in refused.text
