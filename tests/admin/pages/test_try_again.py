from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.ports import LogEntry
from tests.calls.calling import CALLED, CALLER
from tests.conftest import OPEN

if TYPE_CHECKING:
    from tests.admin.desk import Desk

AGAIN = "/companies/demo/calls/CA1/try-again"


async def logged(desk: Desk, company: str = "demo") -> None:
    """A call of the log that heard another greeting than today's."""
    data = {"caller": CALLER, "called": CALLED, "said": ["Hello."], "next": "Listen", "source": ""}
    desk.services.call_log.write(
        LogEntry("CA1", company, "ringing", OPEN, data | {"why": "", "outcome": "answered"})
    )
    await desk.services.call_log.flush()


async def test_then_and_now_are_beside_each_other(desk: Desk) -> None:
    await logged(desk)
    page = await desk.page(AGAIN)
    assert "Wed 18 Nov 2026, 10:00 EST" in page.text

    answer = await desk.post(AGAIN, {"at": ""})

    assert "Something would be different" in answer.text
    assert "Hello." in answer.text
    assert "an automated assistant" in answer.text
    assert "said" in answer.text


async def test_it_may_be_played_at_another_moment(desk: Desk) -> None:
    await logged(desk)
    assert "is no moment" in (await desk.post(AGAIN, {"at": "soon"})).text
    answer = await desk.post(AGAIN, {"at": "2026-11-20T22:00"})
    assert "Played as of Fri 20 Nov 2026, 22:00 EST" in answer.text


async def test_a_call_of_another_company_is_as_good_as_none(desk: Desk) -> None:
    await logged(desk, "globex")
    assert (await desk.get(AGAIN)).status_code == 404
    assert (await desk.post(AGAIN, {})).status_code == 404


async def test_a_reader_is_told_who_may_play_it(desk: Desk) -> None:
    await logged(desk)
    assert "Your role reads only" in (await desk.page(AGAIN, as_="reader")).text
    assert (await desk.post(AGAIN, {}, as_="reader")).status_code == 403
