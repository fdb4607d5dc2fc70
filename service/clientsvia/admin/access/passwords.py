"""Passwords: which will do, and how one is kept and checked."""

from __future__ import annotations

import asyncio
import unicodedata
from typing import TYPE_CHECKING

from clientsvia.errors import InvalidInput, SignInRefused

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST = 12
MOST = 256
_MOST_WAITING = 32
_LEAST_DIFFERENT = 5
_BUSY_S = 10.0
_COMMONEST = frozenset(
    """
    password1234 passwordpassword password12345 123456789012 1234567890123 12345678901234
    qwertyuiop12 qwertyuiop123 qwertyuiopasdf 1q2w3e4r5t6y iloveyou1234 administrator adminadmin12
    admin1234567 letmeinletmein welcome12345 welcome123456 changeme1234 changemenow1 abcdefghijkl
    abcdefgh1234 correcthorsebatterystaple trustno1trustno1 clientsvia123 clientsvia1234
    """.split()
)
# Of nobody's password: what is compared where there is no user, so that this takes as long.
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


def refuse_weak(password: str, email: str) -> None:
    """Raise InvalidInput, with what to choose instead, where a password is easily guessed."""
    if len(password) < LEAST:
        raise InvalidInput(
            f"the password has {len(password)} characters: choose one of at least {LEAST}, "
            "such as four words that have nothing to do with each other"
        )
    if len(password) > MOST:
        raise InvalidInput(f"the password is too long: choose one of at most {MOST} characters")
    plain = _same(password).casefold()
    if plain in {email.casefold(), email.partition("@")[0].casefold()}:
        raise InvalidInput("the password is the e-mail address: choose one that nobody knows")
    if plain in _COMMONEST or len(set(plain)) < _LEAST_DIFFERENT:
        raise InvalidInput(
            "the password is among those that are tried first: choose another, such as four words "
            "that have nothing to do with each other"
        )


class Passwords:
    """Hashes and checks passwords with argon2id, one at a time: calls need the processor too.

    As OWASP has it: 19 MiB, two passes, one lane.
    """

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(1)
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """What is kept of a password."""
        return await self._in_thread(password, None)

    async def matches(self, password: str, kept: str) -> bool:
        """Whether this is the password that was kept; False, as slowly, where none was."""
        found = await self._in_thread(password[: MOST + 1], kept or _NOBODY)
        return bool(found) and bool(kept)

    async def _in_thread(self, password: str, kept: str | None) -> str:
        if self._waiting >= _MOST_WAITING:
            raise SignInRefused("too many people sign in at this moment: try again soon", _BUSY_S)
        self._waiting += 1
        try:
            async with self._turn:
                return await asyncio.to_thread(_argon2, password, kept)
        finally:
            self._waiting -= 1


def _argon2(password: str, kept: str | None) -> str:
    """The hash of a password; of one that is compared, ``kept`` where it is the same, or empty."""
    # PERF: of no use to a worker in which nobody signs in.
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - see above

    raw = _same(password).encode(errors="surrogatepass")
    if kept is None:
        return _hasher().hash(raw)
    try:
        _hasher().verify(kept, raw)
    except (VerificationError, InvalidHashError):  # whose hash is none has no password
        return ""
    return kept


def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # noqa: PLC0415 - as in _argon2

    return PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def _same(password: str) -> str:
    """As one text, whichever keyboard composed its letters."""
    return unicodedata.normalize("NFKC", password)
