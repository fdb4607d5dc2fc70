from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.notices.sightings import Sighting
from tests.contracts.samples import NOON

if TYPE_CHECKING:
    from tests.contracts.workers import Worker

NUMBER = "+12395551212"
LATER = NOON + timedelta(minutes=2)
GOOD = Sighting("acme", NUMBER, good_at=NOON)
REFUSED = Sighting("acme", NUMBER, refused_at=NOON, reason="no signature")


async def test_what_two_workers_saw_is_one_sighting(worker: Worker, other: Worker) -> None:
    await worker.sightings.add([GOOD])
    await other.sightings.add([REFUSED])
    both = Sighting("acme", NUMBER, NOON, NOON, "no signature")
    assert list(await worker.sightings.of("acme")) == [both]
    assert list(await worker.sightings.of("gulf")) == []


async def test_the_later_time_stays_whoever_is_late_to_tell(worker: Worker) -> None:
    await worker.sightings.add(
        [
            Sighting("acme", NUMBER, good_at=LATER),
            Sighting("acme", NUMBER, refused_at=LATER, reason="the newer"),
        ]
    )
    await worker.sightings.add([GOOD, REFUSED])
    assert list(await worker.sightings.of("acme")) == [
        Sighting("acme", NUMBER, LATER, LATER, "the newer")
    ]


async def test_a_newer_refusal_brings_its_reason(worker: Worker) -> None:
    await worker.sightings.add([REFUSED])
    await worker.sightings.add([Sighting("acme", NUMBER, refused_at=LATER, reason="the newer")])
    (found,) = await worker.sightings.of("acme")
    assert (found.refused_at, found.reason) == (LATER, "the newer")


async def test_numbers_are_told_in_their_order(worker: Worker) -> None:
    numbers = ["+12395550003", "+12395550001", "+12395550002"]
    await worker.sightings.add([Sighting("acme", number, good_at=NOON) for number in numbers])
    assert [one.number for one in await worker.sightings.of("acme")] == sorted(numbers)


async def test_several_companies_are_looked_up_at_once(worker: Worker) -> None:
    seen = [Sighting(f"c{one}", f"+1239555000{one}", good_at=NOON) for one in range(3)]
    await worker.sightings.add(seen)
    assert list(await worker.sightings.of("c2", "c0")) == [seen[0], seen[2]]
    assert list(await worker.sightings.of()) == []
