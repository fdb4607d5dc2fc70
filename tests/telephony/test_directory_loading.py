from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from clientsvia.telephony.directory import Loading, NumberDirectory

A = "+12395551212"
B = "+12395551213"


class Store:
    """Owners by number, asked one number at a time, and slow about it."""

    def __init__(self, directory: NumberDirectory[str], **owners: str) -> None:
        self.directory = directory
        self.owners = owners
        self.failing = False
        self.asked: list[str] = []
        self.answer = asyncio.Event()

    async def load(self, e164: str) -> None:
        self.asked.append(e164)
        await self.answer.wait()
        if self.failing:
            raise OSError("the disk is gone: put it back")
        owner = self.owners.get(e164.removeprefix("+1"))
        if owner is None:
            self.directory.vacate(e164)
        else:
            self.directory.replace(owner, f"value of {owner}", [e164])


@pytest.fixture
def directory() -> NumberDirectory[str]:
    return NumberDirectory(lifetime_s=1000, miss_lifetime_s=1000, loads=4)


@pytest.fixture
async def store(directory: NumberDirectory[str]) -> Store:
    return Store(directory, **{A.removeprefix("+1"): "smith"})


@pytest.fixture
async def loading(directory: NumberDirectory[str], store: Store) -> Loading[str]:
    return Loading(directory, store.load)


async def asking(loading: Loading[str], e164: str, times: int) -> list[asyncio.Task[str | None]]:
    """Tasks that have asked, and wait for the answer."""
    tasks = [asyncio.create_task(loading.get(e164)) for _ in range(times)]
    await asyncio.sleep(0)
    return tasks


async def test_a_thousand_that_ask_at_once_make_one_load_and_all_get_its_answer(
    loading: Loading[str], store: Store
) -> None:
    tasks = await asking(loading, A, 1_000)
    store.answer.set()
    assert await asyncio.gather(*tasks) == ["value of smith"] * 1_000
    assert store.asked == [A]
    stats = store.directory.stats()
    assert (stats["loads"], stats["joined"], stats["loading"]) == (1, 999, 0)
    assert len(loading) == 0
    assert await loading.get(A) == "value of smith"
    assert store.asked == [A]


async def test_a_number_nobody_has_is_asked_for_once_and_remembered(
    loading: Loading[str], store: Store
) -> None:
    store.answer.set()
    assert [await loading.get(B) for _ in range(3)] == [None] * 3
    assert store.asked == [B]


async def test_all_get_the_last_value_known_when_the_store_fails(
    directory: NumberDirectory[str], store: Store
) -> None:
    failures: list[tuple[str, str]] = []
    loading = Loading(
        directory, store.load, failed=lambda e164, error: failures.append((e164, repr(error)))
    )
    directory.replace("smith", "an old value", [A])
    directory.flush()
    store.failing = True
    tasks = await asking(loading, A, 1_000)
    store.answer.set()
    assert await asyncio.gather(*tasks) == ["an old value"] * 1_000
    assert store.asked == [A]
    assert failures == [(A, "OSError('the disk is gone: put it back')")]
    assert await loading.get(B) is None
    assert directory.stats()["loading"] == 0


async def test_who_asked_first_may_be_cancelled_without_the_others_losing_the_answer(
    loading: Loading[str], store: Store
) -> None:
    first, *others = await asking(loading, A, 10)
    first.cancel()
    with suppress(asyncio.CancelledError):
        await first
    assert first.cancelled()
    store.answer.set()
    assert await asyncio.gather(*others) == ["value of smith"] * 9
    assert store.asked == [A]


async def test_a_load_that_takes_too_long_is_given_up(
    directory: NumberDirectory[str], store: Store
) -> None:
    failures: list[Exception] = []
    loading = Loading(
        directory, store.load, timeout_s=0.01, failed=lambda _, error: failures.append(error)
    )
    directory.replace("smith", "an old value", [A])
    directory.invalidate("smith")
    assert await loading.get(A) == "an old value"
    assert [type(failure) for failure in failures] == [TimeoutError]
    assert directory.stats()["loading"] == 0


async def test_loads_under_way_are_bounded_and_who_is_refused_does_not_wait(
    loading: Loading[str], store: Store
) -> None:
    numbers = [f"+1239555{at:04}" for at in range(1_000)]
    started = [loading.start(number) for number in numbers]
    assert sum(task is not None for task in started) == len(loading) == 4
    assert await loading.get(numbers[-1]) is None
    assert store.directory.stats()["refused"] == 997
    store.answer.set()
    await asyncio.gather(*(task for task in started if task))
    assert store.asked == numbers[:4]


async def test_the_load_of_another_thread_is_not_waited_for(
    loading: Loading[str], store: Store
) -> None:
    ticket = store.directory.claim(A)
    assert ticket is not None
    assert await loading.get(A) is None
    store.directory.release(A, ticket)
    store.answer.set()
    assert await loading.get(A) == "value of smith"


async def test_an_owner_whose_number_the_store_took_away_is_not_served_stale(
    loading: Loading[str], store: Store
) -> None:
    store.directory.replace("jones", "an old value", [B])
    store.directory.flush()
    store.answer.set()
    assert await loading.get(B) is None
    assert store.directory.stale(B) is None


async def test_what_is_no_number_is_not_loaded(loading: Loading[str], store: Store) -> None:
    assert await loading.get("anonymous") is None
    assert store.asked == []


async def test_a_falsy_value_is_a_value(directory: NumberDirectory[str], store: Store) -> None:
    directory.replace("smith", "", [A])
    assert await Loading(directory, store.load).get(A) == ""


def test_a_load_needs_an_event_loop(directory: NumberDirectory[str]) -> None:
    async def load(_: str) -> None:
        """Never called."""

    with pytest.raises(RuntimeError, match="event loop"):
        Loading(directory, load).start(A)
    assert directory.stats()["loads"] == 0


async def test_a_load_that_is_cancelled_of_itself_cancels_nobody(
    directory: NumberDirectory[str],
) -> None:
    async def cancelled(_e164: str) -> None:
        raise asyncio.CancelledError

    loading = Loading(directory, cancelled)
    directory.replace("smith", "an old value", [A])
    directory.flush()
    assert await loading.get(A) == "an old value"
    assert (len(loading), directory.stats()["loading"]) == (0, 0)


async def test_a_load_that_never_begins_gives_its_claim_back(
    loading: Loading[str], store: Store
) -> None:
    load = loading.start(A)
    assert load is not None
    load.cancel()
    await asyncio.wait([load])
    assert (len(loading), store.directory.stats()["loading"]) == (0, 0)
    store.answer.set()
    assert await loading.get(A) == "value of smith"
