from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.admin.ports import KeptSettings, NumberSettings, VoiceSettings
from tests.contracts.samples import NOON

if TYPE_CHECKING:
    from tests.contracts.workers import Worker

VOICE = VoiceSettings("https://old.example/voice", "GET", "", "POST", "https://old.example/s", "")
KEPT = KeptSettings("acme", "+12395551212", "AC1", NOON, NumberSettings(VOICE, "AP1"))


async def test_what_was_there_is_found_by_every_worker(worker: Worker, other: Worker) -> None:
    await worker.kept_numbers.keep(KEPT)
    assert await other.kept_numbers.kept("acme", KEPT.number) == KEPT


async def test_another_companys_is_not_found(worker: Worker) -> None:
    await worker.kept_numbers.keep(KEPT)
    assert await worker.kept_numbers.kept("gulf", KEPT.number) is None
    assert list(await worker.kept_numbers.all_kept("gulf")) == []


async def test_the_newest_takes_the_place_of_the_older(worker: Worker) -> None:
    newer = replace(KEPT, before=NumberSettings(VOICE))
    await worker.kept_numbers.keep(KEPT)
    await worker.kept_numbers.keep(newer)
    assert list(await worker.kept_numbers.all_kept("acme")) == [newer]


async def test_all_of_a_company_are_told_by_number(worker: Worker, other: Worker) -> None:
    second = replace(KEPT, number="+12395550001")
    await worker.kept_numbers.keep(KEPT)
    await other.kept_numbers.keep(second)
    assert list(await worker.kept_numbers.all_kept("acme")) == [second, KEPT]


async def test_what_is_forgotten_is_gone(worker: Worker, other: Worker) -> None:
    await worker.kept_numbers.keep(KEPT)
    await other.kept_numbers.forget("gulf", KEPT.number)
    assert await worker.kept_numbers.kept("acme", KEPT.number) == KEPT
    await other.kept_numbers.forget("acme", KEPT.number)
    assert await worker.kept_numbers.kept("acme", KEPT.number) is None
