from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.admin.logged_calls import DAY, SID, leave_message, log_call

if TYPE_CHECKING:
    from tests.admin.desk import Desk

CALLS = "/companies/demo/calls"
RECORDING = f"https://api.twilio.com/2010-04-01/Accounts/AC{'a' * 32}/Recordings/RE{'b' * 32}"


async def shown(desk: Desk, query: str = "") -> set[str]:
    page = await desk.page(f"{CALLS}{query}", as_="reader")
    return {link.removeprefix(f"{CALLS}/") for link in page.links if f"{CALLS}/CA" in link}


async def test_an_empty_list_says_what_to_do_next(desk: Desk) -> None:
    page = await desk.page(CALLS)

    assert "No calls yet" in page.text
    assert "/companies/demo/try-it" in page.links


async def test_calls_are_listed_at_the_companys_time_with_its_zone(desk: Desk) -> None:
    await log_call(desk)

    page = await desk.page(CALLS)

    assert "Wed 18 Nov 2026, 10:00 EST" in page.text
    assert "(239) 333-4444" in page.text
    assert "1 min 5 s" in page.text
    assert "Answered" in page.text


async def test_calls_of_another_company_are_not_shown(desk: Desk) -> None:
    await log_call(desk, company="globex")

    assert await shown(desk) == set()
    assert (await desk.get(f"{CALLS}/{SID}")).status_code == 404


async def test_calls_are_found_by_words_caller_outcome_and_day(desk: Desk) -> None:
    await log_call(desk, "CA1")
    await log_call(desk, "CA2", at=DAY + timedelta(days=2), caller="+12395550188", asked="a leak")

    assert await shown(desk, "?text=visit+cost") == {"CA1"}
    assert await shown(desk, "?caller=(239)+555-0188") == {"CA2"}
    assert await shown(desk, "?since=2026-11-19") == {"CA2"}
    assert await shown(desk, "?until=2026-11-18") == {"CA1"}
    assert await shown(desk, "?outcome=missed") == set()
    assert await shown(desk, "?recorded=on") == set()
    assert "No call is like that" in (await desk.page(f"{CALLS}?text=nothing")).text


@pytest.mark.parametrize(
    ("query", "name"),
    [("since=yesterday", "since"), ("until=9999-12-31", "until"), ("caller=12", "caller")],
)
async def test_what_is_no_day_or_number_is_told_beside_its_field(
    desk: Desk, query: str, name: str
) -> None:
    answer = await desk.get(f"{CALLS}?{query}&text=tap")

    assert answer.status_code == 422
    assert f'href="#{name}"' in answer.text
    assert f'id="{name}-error"' in answer.text
    assert 'value="tap"' in answer.text


async def test_a_long_list_goes_on_where_the_page_before_it_ended(desk: Desk) -> None:
    for number in range(53):
        await log_call(desk, f"CA{number:02}", at=DAY + timedelta(minutes=number))

    first = await desk.page(f"{CALLS}?text=visit")
    [later] = [link for link in first.links if "before=" in link]

    assert "text=visit" in later
    assert await shown(desk, later) == {"CA00", "CA01", "CA02"}


async def test_a_cursor_that_is_none_is_refused_with_its_remedy(desk: Desk) -> None:
    answer = await desk.get(f"{CALLS}?before=nowhere")

    assert answer.status_code == 422
    assert "leave it away to begin with the newest" in answer.text


async def test_calls_under_way_stand_above_the_list_and_on_a_page_of_their_own(desk: Desk) -> None:
    assert "Live now: nobody" in (await desk.page(CALLS)).text
    now = datetime.now(UTC)
    await log_call(desk, "CA1", at=now - timedelta(seconds=30), ended=False)
    await log_call(desk, "CA2", at=now - timedelta(seconds=90))

    for path in (CALLS, f"{CALLS}/live"):
        assert "Live now: 1" in (await desk.page(path)).text
    assert "CA2" not in (await desk.page(f"{CALLS}/live")).html


async def test_a_call_shows_what_was_heard_and_answered_from_what_and_why(desk: Desk) -> None:
    await log_call(desk)
    await leave_message(desk)

    page = await desk.page(f"{CALLS}/{SID}", as_="reader")

    for text in (
        "How much does a visit cost?",
        "It costs <b>eighty-nine</b> dollars.",
        "from knowledge:price",
        "Open: Wednesday 08:00-12:00",
        "By today's settings a call at that moment is answered by the agent",
        "“This call is transcribed.”",
        "a leak",
    ):
        assert text in page.text, text
    assert f"/companies/demo/messages/{SID}" in page.links
    assert f"{CALLS}/{SID}/try-again" in page.links


async def test_the_time_of_each_turn_is_drawn_and_told_in_figures(desk: Desk) -> None:
    await log_call(desk)

    page = await desk.page(f"{CALLS}/{SID}")

    assert page.html.count("<rect") >= 4
    assert "<title>answer: 6.0 ms</title>" in page.html
    assert "turn 1" in page.text
    assert "Twilio and the caller" in page.text
    assert "9.0 ms" in page.text


async def test_a_recording_is_played_from_here_and_never_from_twilio(desk: Desk) -> None:
    await log_call(desk, type="MessageRecorded", url=RECORDING)

    page = await desk.page(f"{CALLS}/{SID}")

    assert f'src="{CALLS}/{SID}/recordings/RE{"b" * 32}"' in page.html
    assert "api.twilio.com" not in page.html


async def test_a_call_that_is_not_there_is_said_to_be_so(desk: Desk) -> None:
    answer = await desk.get(f"{CALLS}/{SID}")

    assert answer.status_code == 404
    assert "no such call" in answer.text
