from __future__ import annotations

import asyncio
import threading
import unicodedata
from time import perf_counter, sleep

import pytest

from clientsvia.admin.access.passwords import LEAST, MOST, Passwords, refuse_weak
from clientsvia.errors import InvalidInput, SignInRefused
from tests.admin.access.guests import OTHER, PASSWORD


async def test_a_password_is_known_again_and_no_other() -> None:
    passwords = Passwords()
    kept = await passwords.hash(PASSWORD)

    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert kept != await passwords.hash(PASSWORD)
    assert await passwords.matches(PASSWORD, kept)
    for wrong in (OTHER, "", PASSWORD.upper(), PASSWORD + "x" * MOST):
        assert not await passwords.matches(wrong, kept)


async def test_letters_are_the_same_from_every_keyboard() -> None:
    passwords = Passwords()
    kept = await passwords.hash(unicodedata.normalize("NFD", "größer als Zürich"))

    assert await passwords.matches(unicodedata.normalize("NFC", "größer als Zürich"), kept)
    assert not await passwords.matches("\udcff grosser als Zurich", kept)


async def test_nobody_takes_as_long_as_somebody() -> None:
    passwords = Passwords()
    kept = await passwords.hash(PASSWORD)

    async def took(hashed: str) -> float:
        begun = perf_counter()
        assert not await passwords.matches(OTHER, hashed)
        return perf_counter() - begun

    assert min([await took("") for _ in range(5)]) > min([await took(kept) for _ in range(5)]) / 2


async def test_calls_go_on_while_passwords_are_checked_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at_work: list[str] = []
    seen: list[tuple[str, ...]] = []

    def counted(_password: str, _kept: str | None) -> str:
        at_work.append(threading.current_thread().name)
        sleep(0.002)
        seen.append(tuple(at_work))
        at_work.pop()
        return "hash"

    monkeypatch.setattr("clientsvia.admin.access.passwords._argon2", counted)
    passwords = Passwords()
    many = (passwords.hash(PASSWORD) for _ in range(40))
    ends = await asyncio.gather(*many, return_exceptions=True)

    assert {len(workers) for workers in seen} == {1}
    assert threading.main_thread().name not in {name for workers in seen for name in workers}
    refused = [end for end in ends if isinstance(end, SignInRefused)]
    assert (len(refused), ends.count("hash")) == (8, 32)
    assert refused[0].retry_after > 0
    assert await passwords.hash(PASSWORD) == "hash"


@pytest.mark.parametrize(
    ("password", "remedy"),
    [
        ("elevenchars", f"at least {LEAST}"),
        ("x y z" * 60, f"at most {MOST}"),
        ("Ada.Miller@acme.example", "nobody knows"),
        ("ada.miller@ACME.example", "nobody knows"),
        ("Password1234", "tried first"),
        ("aaaaaaaaaaaaaaaa", "tried first"),
        ("121212121212", "tried first"),
    ],
)
def test_what_is_easily_guessed_is_refused_with_what_to_choose(password: str, remedy: str) -> None:
    with pytest.raises(InvalidInput, match=remedy) as refused:
        refuse_weak(password, "ada.miller@acme.example")
    assert password not in str(refused.value)


def test_four_words_will_do() -> None:
    refuse_weak(PASSWORD, "ada.miller@acme.example")
