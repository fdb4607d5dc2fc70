from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.access.ports import Link, LinkKind
from clientsvia.admin.access.visitor import Role
from tests.contracts.samples import NOON

if TYPE_CHECKING:
    from tests.contracts.workers import Worker

MINUTE = timedelta(minutes=1)


def invitation(name: str = "one", company: str = "acme", minutes: int = 0) -> Link:
    at = NOON + minutes * MINUTE
    return Link(
        name,
        LinkKind.INVITE,
        f"{name}@acme.example",
        company,
        Role.MEMBER,
        admin=False,
        by="bob@acme.example",
        made_at=at,
        expires_at=at + 10 * MINUTE,
    )


FIRST = Link(
    "first",
    LinkKind.FIRST_ADMIN,
    "",
    "",
    None,
    admin=True,
    by="",
    made_at=NOON,
    expires_at=NOON + MINUTE,
)


@pytest.mark.parametrize("link", [invitation(), FIRST], ids=lambda link: link.kind)
async def test_a_link_is_found_by_its_digest_alone(
    worker: Worker, other: Worker, link: Link
) -> None:
    await worker.access.links.add(link, "digest")

    assert await other.access.links.find("digest") == link
    assert await other.access.links.find("digest") == link
    assert await other.access.links.find(link.id) is None


async def test_a_link_is_taken_once_though_two_come_at_the_same_moment(
    worker: Worker, other: Worker
) -> None:
    await worker.access.links.add(invitation(), "digest")

    taken = await asyncio.gather(
        *(each.access.links.take("digest") for each in (worker, other, worker, other))
    )

    assert sorted(taken, key=bool) == [None, None, None, invitation()]
    assert await worker.access.links.find("digest") is None


async def test_a_new_link_stands_in_the_place_of_the_last(worker: Worker) -> None:
    links = worker.access.links
    await links.add(FIRST, "first")
    elsewhere = replace(invitation(company="miller"), id="two")
    renewed = replace(invitation(), id="three", role=Role.OWNER)
    await links.add(elsewhere, "another company")
    await links.add(invitation(), "old")

    await links.add(renewed, "new")

    assert await links.find("old") is None
    assert [await links.find(digest) for digest in ("new", "another company", "first")] == [
        renewed,
        elsewhere,
        FIRST,
    ]


async def test_invitations_are_those_of_one_company(worker: Worker, other: Worker) -> None:
    one, two, theirs = invitation(), invitation("two", minutes=1), invitation("six", "miller")
    for link in (one, two, theirs, FIRST):
        await worker.access.links.add(link, link.id)
    assert await other.access.links.of("acme") == [two, one]

    await worker.access.links.drop("miller", "two")
    assert await other.access.links.of("acme") == [two, one]
    await worker.access.links.drop("acme", "two")
    assert await other.access.links.of("acme") == [one]
    await worker.access.links.forget_company("acme")
    assert await other.access.links.of("acme") == []
    assert await other.access.links.of("miller") == [theirs]


async def test_links_that_have_ended_are_forgotten(worker: Worker) -> None:
    for link in (FIRST, invitation()):
        await worker.access.links.add(link, link.id)

    await worker.access.links.forget(expired_before=NOON + 2 * MINUTE)

    assert await worker.access.links.find("first") is None
    assert await worker.access.links.find("one") == invitation()
