from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from clientsvia.companies.ports import Removed
from clientsvia.inbox.message import Message
from tests.contracts.samples import NOON, SID, company, ringing, step

if TYPE_CHECKING:
    from tests.contracts.workers import Worker

ONE, TWO = "+12395551212", "+12395551213"


async def live(worker: Worker, slug: str, number: str) -> None:
    """A company with a call, a message and an entry of its audit log."""
    keyed = company(slug, number, ai={"api_key": "sk-one"})
    await worker.companies.save([keyed], by="jo")
    await worker.call_states.commit(step(company=slug))
    await worker.messages.keep(Message(slug, SID, NOON, "+12393334444", name="Ada"))
    await worker.audit.write("invited", at=NOON, by="jo", company=slug)


async def test_a_removed_company_is_gone_with_all_that_is_kept_of_it(
    worker: Worker, other: Worker
) -> None:
    await live(worker, "acme", ONE)
    await live(worker, "miller", TWO)

    assert await worker.companies.remove("acme", by="ann") is True

    assert await other.companies.get("acme") is None
    assert await other.companies.owner_of(ONE) is None
    assert [one.company for one in await other.call_log.calls()] == ["miller"]
    assert [one.company for one in await other.messages.list(None)] == ["miller"]
    assert [one.company for one in await other.audit.entries()] == ["miller"]
    assert await other.call_log.call(SID, company="acme") is None
    assert await other.call_log.call(SID, company="miller") is not None
    assert await other.companies.remove("acme", by="ann") is False


async def test_all_that_is_left_of_its_history_is_who_removed_it(worker: Worker) -> None:
    await worker.companies.save([company("acme", ONE)], by="jo")
    await worker.companies.remove("acme", by="ann")

    (end,) = await worker.companies.revisions("acme")

    assert (end.by, end.removed, end.profile) == ("ann", True, {})


async def test_a_removal_is_told_among_the_changes_in_their_order(
    worker: Worker, other: Worker
) -> None:
    (first,) = await worker.companies.save([company("acme", ONE)])
    waiting = asyncio.create_task(other.companies.changes(first.revision))
    await asyncio.sleep(0.01)
    await worker.companies.remove("acme", by="jo")

    (removed,) = await waiting
    assert removed == Removed("acme", removed.revision)
    assert await other.companies.newest() == removed.revision > first.revision

    (heir,) = await worker.companies.save([company("heir", ONE)])
    assert list(await other.companies.changes(first.revision)) == [removed, heir]


async def test_a_company_can_be_there_again_and_begins_anew(worker: Worker, other: Worker) -> None:
    await live(worker, "acme", ONE)
    await worker.companies.remove("acme", by="jo")
    (again,) = await worker.companies.save([company("acme", ONE)], by="ann")

    assert again.profile.ai.api_key is None
    assert list(await other.companies.changes(again.revision - 1)) == [again]
    assert [one.by for one in await other.companies.revisions("acme")] == ["ann", "jo"]
    assert await worker.companies.clear_removed() == 0
    assert await other.companies.get("acme") == again


async def test_what_a_call_wrote_after_the_removal_is_cleared_away(
    worker: Worker, other: Worker
) -> None:
    await worker.companies.save([company("acme", ONE), company("miller", TWO)])
    await worker.companies.remove("acme", by="jo")
    for slug in ("acme", "miller"):
        await worker.call_states.commit(step(company=slug))
        worker.call_log.write(ringing(company=slug))
    await worker.call_log.flush()

    assert await other.companies.clear_removed() > 0

    assert [one.company for one in await other.call_log.calls()] == ["miller"]
    assert await other.companies.clear_removed() == 0
