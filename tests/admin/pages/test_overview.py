from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientsvia.calls.ports import LogEntry
from clientsvia.companies.routing_profiles import AccountProfile
from clientsvia.companies.saving import with_state
from clientsvia.inbox.message import Message

if TYPE_CHECKING:
    from tests.admin.desk import Desk

PAGE = "/companies/demo"


async def account(desk: Desk) -> AccountProfile:
    stored = await desk.services.companies.get("demo")
    assert stored is not None
    return stored.profile.account


async def put_in(desk: Desk, **state: Any) -> None:
    await desk.services.companies.change(
        "demo", lambda stored: with_state(stored.profile, AccountProfile(**state))
    )


async def test_the_day_is_told_at_a_glance(desk: Desk) -> None:
    now = desk.services.clock.now()
    log, box = desk.services.call_log, desk.services.stores.messages
    begun = {"caller": "+12025550142", "called": "+12395551212", "status": "ringing"}
    log.write(LogEntry("CA1", "demo", "ringing", now, begun))
    log.write(LogEntry("CA1", "demo", "timing", now, {"stages": {"parse": 2_000_000}}))
    await log.flush()
    await box.keep(Message("demo", "CA1", now, "+12025550142", name="Joan", urgent=True))

    page = await desk.page(PAGE)

    assert "1 call" in page.text
    assert "1 under way now" in page.text
    assert "Joan urgent" in page.text
    assert "/companies/demo/messages/CA1" in page.links


async def test_what_is_to_be_mended_leads_to_where_that_is_done(desk: Desk) -> None:
    await put_in(desk, state="setup")

    page = await desk.page(PAGE)

    assert "Checklist to go live" in page.text
    assert "/companies/demo/configuration#twilio" in page.links
    assert "Go live" in page.text
    assert "An owner lets it go live" in (await desk.page(PAGE, as_="member")).text


async def test_a_company_does_not_go_live_before_its_checklist_is_well(desk: Desk) -> None:
    await put_in(desk, state="setup")

    answer = await desk.post(f"{PAGE}/live", {})

    assert answer.status_code == 422
    assert "It is not live yet" in answer.text
    assert (await account(desk)).state == "setup"


async def test_calls_are_forwarded_suspended_and_answered_again(desk: Desk) -> None:
    stored = await desk.services.companies.get("demo")
    assert stored is not None
    target = stored.profile.targets[0].id
    state = f"{PAGE}/state"

    await desk.post(state, {"state": "forwarding", "target": target})
    assert await account(desk) == AccountProfile(state="forwarding", target=target)
    await desk.post(state, {"state": "suspended", "sentence": "We have moved."})
    assert await account(desk) == AccountProfile(state="suspended", sentence="We have moved.")
    assert "We have moved." in (await desk.page(PAGE)).text
    answer = await desk.post(state, {"state": "active"})
    assert answer.headers["location"] == f"{PAGE}?said=active"
    assert await account(desk) == AccountProfile()
    [revision, *_] = await desk.services.companies.revisions("demo")
    assert revision.by == "owner@acme.example"


async def test_a_state_that_cannot_be_is_refused_with_what_to_do(desk: Desk) -> None:
    answer = await desk.post(f"{PAGE}/state", {"state": "forwarding", "target": "nobody"})
    assert answer.status_code == 422
    assert "no target &#39;nobody&#39;" in answer.text

    await put_in(desk, state="setup")
    answer = await desk.post(f"{PAGE}/state", {"state": "active"})
    assert answer.status_code == 422
    assert (await account(desk)).state == "setup"


async def test_members_do_not_change_how_a_company_stands(desk: Desk) -> None:
    for path in ("live", "state"):
        answer = await desk.post(f"{PAGE}/{path}", {"state": "suspended"}, as_="member")
        assert answer.status_code == 403
    assert "Suspend from" not in (await desk.page(PAGE, as_="member")).text
