from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from clientsvia.companies.known_callers import changed
from clientsvia.errors import InvalidProfile
from tests.contracts.samples import ACCOUNT, OTHER_ACCOUNT, changed_to, company

if TYPE_CHECKING:
    from collections.abc import Callable

    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile
    from tests.contracts.workers import Worker

ONE = "+12395551212"
TWO = "+12395551213"
THREE = "+12395551214"
KEYS: dict[str, Any] = {"ai": {"api_key": "sk-one"}, "voice": {"api_key": "el-one"}}
TWILIO = {"account_sid": ACCOUNT, "auth_tokens": ["first", "second"]}


async def stored(worker: Worker, slug: str = "acme") -> CompanyProfile:
    found = await worker.companies.get(slug)
    assert found is not None
    return found.profile


async def keys(worker: Worker, slug: str = "acme") -> tuple[str | None, str | None]:
    profile = await stored(worker, slug)
    return profile.ai.api_key, profile.voice.api_key


async def test_a_store_begins_without_companies(worker: Worker) -> None:
    assert list(await worker.companies.all()) == []
    assert await worker.companies.get("acme") is None
    assert await worker.companies.owner_of(ONE) is None


async def test_a_saved_company_comes_back_whole(worker: Worker, other: Worker) -> None:
    profile = company(
        "acme",
        ONE,
        address="12 Main Street",
        greeting="Hello, 你好 & welcome!",
        hours={"weekly": {"monday": ["08:00-12:00", "13:00-17:00"], "friday": ["22:00-02:00"]}},
        knowledge=[{"question": "Do you fix pipes?", "answer": "Yes.", "keywords": ["pipe"]}],
        targets=[{"id": "office", "name": "Office", "number": TWO}],
        after_hours={"policy": "forward", "target": "office"},
        twilio=TWILIO,
    )
    (saved,) = await worker.companies.save([profile])

    assert saved.profile == profile
    assert await other.companies.get("acme") == saved
    assert list(await other.companies.all()) == [saved]


async def test_companies_are_ordered_by_slug(worker: Worker) -> None:
    await worker.companies.save([company("zebra"), company("acme"), company("miller")])

    slugs = [one.profile.slug for one in await worker.companies.all()]

    assert slugs == ["acme", "miller", "zebra"]


async def test_page_by_page_they_are_the_same_in_the_same_order(worker: Worker) -> None:
    await worker.companies.save([company(f"acme-{number}") for number in range(50)])

    paged = [one async for page in worker.companies.pages() for one in page]

    assert paged == list(await worker.companies.all())
    assert len(paged) == 50


async def test_the_newest_revision_is_that_of_the_last_change(
    worker: Worker, other: Worker
) -> None:
    assert await worker.companies.newest() == 0
    await worker.companies.save([company("acme", ONE), company("zeta", TWO)])
    (changed,) = await worker.companies.save([company("acme", ONE, address="12 Main Street")])
    assert await other.companies.newest() == changed.revision


async def test_a_number_knows_its_owner_active_or_not(worker: Worker, other: Worker) -> None:
    numbers = [ONE, {"number": TWO, "active": False}]
    await worker.companies.save([company("acme"), company("miller", numbers=numbers)])

    assert await other.companies.owner_of(ONE) == "miller"
    assert await other.companies.owner_of(TWO) == "miller"
    assert await other.companies.owner_of(THREE) is None


async def test_a_number_of_another_company_is_refused_with_both_names(worker: Worker) -> None:
    await worker.companies.save([company("acme", ONE)])

    with pytest.raises(InvalidProfile) as refusal:
        await worker.companies.save([company("miller", ONE)])

    text = str(refusal.value)
    assert ONE in text
    assert "miller" in text
    assert "take it out of acme first" in text


async def test_a_refused_save_stores_nothing_of_it(worker: Worker) -> None:
    await worker.companies.save([company("acme", ONE)])
    before = await worker.companies.all()

    with pytest.raises(InvalidProfile):
        await worker.companies.save(
            [company("first", TWO), company("acme", THREE), company("miller", TWO)]
        )

    assert await worker.companies.all() == before
    assert await worker.companies.owner_of(ONE) == "acme"
    assert await worker.companies.owner_of(TWO) is None


async def test_every_conflict_is_named_at_once(worker: Worker) -> None:
    await worker.companies.save([company("acme", ONE, TWO)])

    with pytest.raises(InvalidProfile) as refusal:
        await worker.companies.save([company("miller", ONE), company("smith", TWO)])

    assert "miller" in str(refusal.value)
    assert "smith" in str(refusal.value)


async def test_a_slug_that_comes_twice_is_refused(worker: Worker) -> None:
    with pytest.raises(InvalidProfile, match="acme: comes more than once"):
        await worker.companies.save([company("acme"), company("acme", ONE)])


async def test_companies_can_exchange_numbers_in_one_save(worker: Worker) -> None:
    await worker.companies.save([company("acme", ONE), company("miller", TWO)])
    await worker.companies.save([company("acme", TWO), company("miller", ONE)])

    assert await worker.companies.owner_of(ONE) == "miller"
    assert await worker.companies.owner_of(TWO) == "acme"


async def test_a_number_that_was_given_up_can_be_taken(worker: Worker) -> None:
    await worker.companies.save([company("acme", ONE)])
    await worker.companies.save([company("acme")])
    await worker.companies.save([company("miller", ONE)])

    assert await worker.companies.owner_of(ONE) == "miller"


async def test_revisions_grow_over_all_companies(worker: Worker, other: Worker) -> None:
    saved = [
        *await worker.companies.save([company("acme"), company("miller")]),
        *await other.companies.save([company("acme", name="Acme Plumbing")]),
        *await worker.companies.save([company("smith")]),
    ]
    revisions = [one.revision for one in saved]

    assert revisions == sorted(set(revisions))
    assert revisions[0] > 0


async def test_an_unchanged_company_keeps_its_revision(worker: Worker) -> None:
    (first,) = await worker.companies.save([company("acme", ONE, twilio=TWILIO)])
    again = await worker.companies.save([company("miller"), company("acme", ONE, twilio=TWILIO)])

    assert again[1] == first


async def test_a_company_saved_without_its_account_keeps_it(worker: Worker) -> None:
    (first,) = await worker.companies.save([company(twilio=TWILIO)])
    (unchanged,) = await worker.companies.save([company()])
    (changed,) = await worker.companies.save([company(name="Acme Plumbing")])

    assert unchanged == first
    assert changed.profile.twilio == first.profile.twilio
    assert (await stored(worker)).twilio == first.profile.twilio


async def test_an_account_without_tokens_keeps_those_that_are_stored(worker: Worker) -> None:
    await worker.companies.save([company(twilio=TWILIO)])
    await worker.companies.save([company(name="New", twilio={"account_sid": ACCOUNT})])

    account = (await stored(worker)).twilio

    assert account is not None
    assert account.auth_tokens == ("first", "second")


async def test_new_tokens_replace_the_old(worker: Worker, other: Worker) -> None:
    await worker.companies.save([company(twilio=TWILIO)])
    rotated = {"account_sid": OTHER_ACCOUNT, "auth_tokens": ["third"]}
    await worker.companies.save([company(twilio=rotated)])

    account = (await stored(other)).twilio

    assert account is not None
    assert (account.account_sid, account.auth_tokens) == (OTHER_ACCOUNT, ("third",))


async def test_another_account_needs_its_own_tokens(worker: Worker) -> None:
    await worker.companies.save([company(twilio=TWILIO)])

    with pytest.raises(InvalidProfile, match="write the token of the new account"):
        await worker.companies.save([company(twilio={"account_sid": OTHER_ACCOUNT})])


async def test_keys_of_providers_come_back_with_their_company(
    worker: Worker, other: Worker
) -> None:
    keyed = company("acme", ai={"api_key": "sk-one", "model": "gpt-5"}, voice={"api_key": "el-one"})
    (saved, _) = await worker.companies.save([keyed, company("miller")])

    assert saved.profile == keyed
    assert await other.companies.get("acme") == saved
    assert await keys(other, "acme") == ("sk-one", "el-one")
    assert await keys(other, "miller") == (None, None)


async def test_a_company_saved_without_its_keys_keeps_them(worker: Worker) -> None:
    (first,) = await worker.companies.save([company(**KEYS)])
    (unchanged,) = await worker.companies.save([company()])
    (changed,) = await worker.companies.save([company(ai={"temperature": 0.1})])

    assert unchanged == first
    assert changed.revision > first.revision
    assert await keys(worker) == ("sk-one", "el-one")


async def test_another_key_is_a_new_revision(worker: Worker, other: Worker) -> None:
    (first,) = await worker.companies.save([company(**KEYS)])
    (second,) = await worker.companies.save([company(voice={"api_key": "el-two"})])

    assert second.revision > first.revision
    assert await keys(other) == ("sk-one", "el-two")
    assert [one.revision for one in await other.companies.changes(first.revision)] == [
        second.revision
    ]


async def test_an_empty_key_takes_it_away(worker: Worker, other: Worker) -> None:
    (first,) = await worker.companies.save([company(**KEYS)])
    (second,) = await worker.companies.save([company(ai={"api_key": ""})])
    (third,) = await worker.companies.save([company(ai={"api_key": ""})])

    assert second.revision > first.revision
    assert third == second
    assert await keys(other) == (None, "el-one")


async def test_a_stored_key_is_not_sent_to_another_server(worker: Worker) -> None:
    await worker.companies.save([company(**KEYS)])
    elsewhere = {"responder": "compatible", "base_url": "https://models.example/v1"}

    with pytest.raises(InvalidProfile, match="write the key of the new server"):
        await worker.companies.save([company(ai=elsewhere)])

    assert await keys(worker) == ("sk-one", "el-one")
    await worker.companies.save([company(ai={**elsewhere, "api_key": "theirs"})])
    assert await keys(worker) == ("theirs", "el-one")


async def test_of_changes_at_the_same_time_none_is_lost(worker: Worker, other: Worker) -> None:
    await worker.companies.save([company("acme", ONE, **KEYS), company("miller")])
    blocked = [f"+1239555{number}" for number in range(2000, 2010)]

    def block(number: str) -> Callable[[StoredProfile], CompanyProfile]:
        return lambda stored: changed(stored.profile, number, blocked=True)

    who = zip([worker, other] * 5, blocked, strict=True)
    await asyncio.gather(*(one.companies.change("acme", block(number)) for one, number in who))

    profile = await stored(other)
    assert sorted(caller.number for caller in profile.callers.known) == blocked
    assert await keys(other) == ("sk-one", "el-one")


async def test_a_change_that_is_refused_leaves_the_company_as_it_is(worker: Worker) -> None:
    (before,) = await worker.companies.save([company("acme", ONE)])

    def refuse(_stored: StoredProfile) -> CompanyProfile:
        raise InvalidProfile("no")

    with pytest.raises(InvalidProfile):
        await worker.companies.change("acme", refuse)
    assert await worker.companies.get("acme") == before
    assert await worker.companies.change("miller", refuse) is None


async def test_saving_nothing_is_no_error(worker: Worker) -> None:
    assert list(await worker.companies.save([])) == []


async def test_changes_are_all_that_is_newer_oldest_first(worker: Worker) -> None:
    (acme, _) = await worker.companies.save([company("acme"), company("miller")])
    await worker.companies.save([company("smith")])
    await worker.companies.save([company("miller", name="Miller & Sons")])

    changes = await worker.companies.changes(acme.revision)

    assert [changed_to(one).slug for one in changes] == ["smith", "miller"]
    assert changed_to(changes[1]).name == "Miller & Sons"


async def test_a_change_by_another_worker_is_seen_within_50_ms(
    worker: Worker, other: Worker
) -> None:
    (acme,) = await worker.companies.save([company("acme")])
    loop = asyncio.get_running_loop()
    delays = []
    for number in range(5):
        waiting = asyncio.create_task(worker.companies.changes(acme.revision + number))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        await other.companies.save([company("acme", name=f"Acme {number}")])
        saved_at = loop.time()
        (change,) = await waiting
        delays.append(loop.time() - saved_at)
        assert changed_to(change).name == f"Acme {number}"

    assert min(delays) < 0.05  # the least of five: the machine that tests may be busy


async def test_who_stops_waiting_for_changes_can_wait_again(worker: Worker) -> None:
    (acme,) = await worker.companies.save([company("acme")])
    for pause in (0, 0.001, 0.01, 0.03):
        waiting = asyncio.create_task(worker.companies.changes(acme.revision))
        await asyncio.sleep(pause)
        waiting.cancel()
        await asyncio.wait([waiting])
        assert waiting.cancelled()

    await worker.companies.save([company("miller")])

    assert len(await worker.companies.changes(acme.revision)) == 1
