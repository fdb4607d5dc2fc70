from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.audit import Entry
from tests.contracts.samples import NOON

if TYPE_CHECKING:
    from tests.contracts.workers import Worker


async def test_an_entry_comes_back_as_it_was_written(worker: Worker, other: Worker) -> None:
    written = await worker.audit.write(
        "caller erased",
        at=NOON,
        by="jo@acme.example",
        company="acme",
        subject="ends in 4444",
        detail={"calls": 3, "kinds": ["recording", "message"]},
    )

    assert await other.audit.entries("acme") == [written]
    assert written == Entry(
        written.id,
        NOON,
        "acme",
        "jo@acme.example",
        "caller erased",
        "ends in 4444",
        {"calls": 3, "kinds": ["recording", "message"]},
    )


async def test_entries_are_read_newest_first_a_page_at_a_time(worker: Worker) -> None:
    for number in range(5):
        await worker.audit.write("signed in", at=NOON, by=f"user {number}")

    page = await worker.audit.entries(limit=2)
    rest = await worker.audit.entries(before=page[-1].id)

    assert [entry.by for entry in page] == ["user 4", "user 3"]
    assert [entry.by for entry in rest] == ["user 2", "user 1", "user 0"]
    assert len({entry.id for entry in (*page, *rest)}) == 5


async def test_a_company_sees_its_own_entries_alone(worker: Worker) -> None:
    await worker.audit.write("signed in", at=NOON, by="root")
    await worker.audit.write("invited", at=NOON, by="jo", company="acme", subject="ann")
    await worker.audit.write("invited", at=NOON, by="max", company="miller", subject="eve")

    assert [entry.by for entry in await worker.audit.entries("acme")] == ["jo"]
    assert [entry.by for entry in await worker.audit.entries("")] == ["root"]
    assert [entry.by for entry in await worker.audit.entries()] == ["max", "jo", "root"]
    assert list(await worker.audit.entries("smith")) == []
