from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.companies.files import as_data
from clientsvia.companies.known_callers import changed
from clientsvia.companies.revisions import KEPT
from clientsvia.errors import InvalidProfile
from tests.contracts.samples import ACCOUNT, OTHER_ACCOUNT, company

if TYPE_CHECKING:
    from tests.contracts.workers import Worker

ONE = "+12395551212"
TWILIO = {"account_sid": ACCOUNT, "auth_tokens": ["first-token"]}


async def test_each_change_is_kept_with_who_made_it_newest_first(
    worker: Worker, other: Worker
) -> None:
    began = datetime.now(UTC)
    (first,) = await worker.companies.save([company("acme", ONE)], by="jo@acme.example")
    renamed = company("acme", ONE, name="Acme Plumbing")
    (second,) = await other.companies.save([renamed], by="ann@acme.example")

    newest, oldest = await worker.companies.revisions("acme")

    assert (newest.revision, newest.by) == (second.revision, "ann@acme.example")
    assert (oldest.revision, oldest.by) == (first.revision, "jo@acme.example")
    assert newest.profile == as_data(renamed)
    assert oldest.profile == as_data(company("acme", ONE))
    assert newest.fields == ("name",)
    assert oldest.fields == ()
    soon = timedelta(minutes=1)
    assert began - soon < oldest.at <= newest.at < began + soon


async def test_a_change_of_what_is_stored_is_kept_like_a_save(worker: Worker) -> None:
    await worker.companies.save([company("acme")])
    saved = await worker.companies.change(
        "acme", lambda stored: changed(stored.profile, ONE, blocked=True), by="jo"
    )

    revisions = await worker.companies.revisions("acme")

    assert saved is not None
    assert revisions[0].revision == saved.revision
    assert [(one.by, one.fields) for one in revisions] == [("jo", ("callers",)), ("", ())]


async def test_what_changes_nothing_and_what_is_refused_leave_no_trace(worker: Worker) -> None:
    await worker.companies.save([company("acme", ONE)], by="jo")
    await worker.companies.save([company("acme", ONE)], by="ann")
    with pytest.raises(InvalidProfile):
        await worker.companies.save(
            [company("acme", ONE, name="New"), company("miller", ONE)], by="ann"
        )

    assert [one.by for one in await worker.companies.revisions("acme")] == ["jo"]
    assert list(await worker.companies.revisions("miller")) == []


async def test_no_company_sees_the_history_of_another(worker: Worker) -> None:
    await worker.companies.save([company("acme"), company("miller")], by="jo")
    await worker.companies.save([company("miller", name="New")], by="ann")

    assert [one.company for one in await worker.companies.revisions("acme")] == ["acme"]
    assert [one.company for one in await worker.companies.revisions("miller")] == ["miller"] * 2


async def test_secrets_are_named_and_not_kept(worker: Worker) -> None:
    keyed = company(twilio=TWILIO, ai={"api_key": "sk-first"}, voice={"api_key": "el-first"})
    await worker.companies.save([keyed], by="jo")
    await worker.companies.save([company(ai={"api_key": "sk-second"}, voice={"api_key": ""})])
    rotated = {"account_sid": OTHER_ACCOUNT, "auth_tokens": ["second-token"]}
    await worker.companies.save([company(twilio=rotated, name="New")], by="jo")

    tokens, keys, first = await worker.companies.revisions("acme")

    assert keys.secrets == keys.fields == ("ai.api_key", "voice.api_key")
    assert tokens.secrets == ("twilio.auth_tokens",)
    assert tokens.fields == ("name", "twilio.account_sid", "twilio.auth_tokens")
    assert first.profile["twilio"] == {"account_sid": ACCOUNT}
    for revision in (tokens, keys, first):
        kept = repr((revision, revision.profile))
        assert not any(word in kept for word in ("first-token", "second-token", "sk-", "el-"))


async def test_the_history_is_read_a_page_at_a_time(worker: Worker) -> None:
    for number in range(5):
        await worker.companies.save([company("acme", name=f"Acme {number}"), company("miller")])

    page = await worker.companies.revisions("acme", limit=2)
    rest = await worker.companies.revisions("acme", before=page[-1].revision, limit=10)

    assert [one.profile["name"] for one in page] == ["Acme 4", "Acme 3"]
    assert [one.profile["name"] for one in rest] == ["Acme 2", "Acme 1", "Acme 0"]


async def test_the_oldest_revisions_of_a_company_make_room(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("memory.companies", "sql.revisions"):
        monkeypatch.setattr(f"clientsvia.stores.{module}.KEPT", 3)
    await worker.companies.save([company("miller")])
    for number in range(5):
        await worker.companies.save([company("acme", name=f"Acme {number}")])

    kept = await worker.companies.revisions("acme")

    assert KEPT == 1000
    assert [one.profile["name"] for one in kept] == ["Acme 4", "Acme 3", "Acme 2"]
    assert len(await worker.companies.revisions("miller")) == 1


async def test_a_caller_is_taken_out_of_every_state_and_nothing_else_is(
    worker: Worker, other: Worker
) -> None:
    jo, ann = "+15551234567", "+12393334444"
    await worker.companies.save([company("acme", ONE)])
    for number, name in ((jo, "Jo"), (ann, "Ann"), (jo, "Joe")):
        stored = await worker.companies.get("acme")
        assert stored is not None
        await worker.companies.save([changed(stored.profile, number, name=name)])
    before = await worker.companies.revisions("acme")

    forgotten = await worker.companies.forget_caller("acme", jo)

    after = await other.companies.revisions("acme")
    assert forgotten == 3
    assert [one.revision for one in after] == [one.revision for one in before]
    assert all(jo not in str(one.profile) and jo not in str(one.fields) for one in after)
    assert after[0].profile["callers"] == {"known": [{"number": ann, "name": "Ann"}]}
    assert after[-1] == before[-1]
    assert await worker.companies.forget_caller("acme", jo) == 0
