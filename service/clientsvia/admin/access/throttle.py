"""How soon somebody may try another password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address
from typing import TYPE_CHECKING

from clientsvia.errors import SignInRefused

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.calls.ports import Clock

_FORGOTTEN = timedelta(days=1)
_MOST_KEPT = 20_000
_DOUBLED = 20


@dataclass(frozen=True, slots=True)
class Patience:
    """How many attempts are free, and the longest wait between those that follow."""

    free: int
    longest_s: float

    def wait_s(self, attempts: int) -> float:
        """How long after this many attempts in a row the next is taken."""
        if attempts < self.free:
            return 0.0
        return float(min(self.longest_s, 2 ** min(attempts - self.free, _DOUBLED)))


# Whoever knows an address could keep its owner out for as long as its wait is; with passwords of
# twelve characters a guess a minute comes to nothing.
OF_AN_EMAIL = Patience(free=5, longest_s=60)
OF_AN_ADDRESS = Patience(free=20, longest_s=900)


@dataclass(slots=True)
class _Attempts:
    count: int
    last: datetime


class Throttle:
    """Attempts to sign in, by e-mail address and by network address, in this process.

    An attempt counts from its beginning, so that many at the same moment are many; who is to wait
    is told so whatever their password, which tells nobody whether it was right.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[str, _Attempts] = {}

    def begin(self, email: str, address: str = "") -> None:
        """Count an attempt; raises SignInRefused, and counts none, while it is too soon."""
        now = self._clock.now()
        wait = max(self._wait(key, patience, now) for key, patience in _keys(email, address))
        if wait > 0:
            seconds = int(wait) + 1
            raise SignInRefused(
                f"too many attempts: wait {seconds} seconds, then try again, or have a link sent "
                "to choose another password",
                seconds,
            )
        for key, _ in _keys(email, address):
            self._count(key, now)

    def succeeded(self, email: str, address: str = "") -> None:
        """Forget the attempts at a user whose password was given, and this one of its address.

        The others of the address stay: somebody with a password of their own may guess another's.
        """
        for key, _ in _keys(email, address):
            attempts = self._kept.pop(key, None)
            if attempts and key.startswith("address ") and attempts.count > 1:
                self._kept[key] = _Attempts(attempts.count - 1, attempts.last)

    def _wait(self, key: str, patience: Patience, now: datetime) -> float:
        attempts = self._kept.get(key)
        if attempts is None or now - attempts.last > _FORGOTTEN:
            return 0.0
        passed = (now - attempts.last).total_seconds()
        return patience.wait_s(attempts.count) - passed

    def _count(self, key: str, now: datetime) -> None:
        before = self._kept.pop(key, None)
        fresh = before is None or now - before.last > _FORGOTTEN
        self._kept[key] = _Attempts(1 if before is None or fresh else before.count + 1, now)
        if len(self._kept) > _MOST_KEPT:  # the one that is longest ago stands first
            del self._kept[next(iter(self._kept))]


def _keys(email: str, address: str) -> list[tuple[str, Patience]]:
    of_email = (f"email {email}", OF_AN_EMAIL)
    return [of_email, (f"address {_network(address)}", OF_AN_ADDRESS)] if address else [of_email]


def _network(address: str) -> str:
    """An IPv4 address, or the half of an IPv6 address that one household has all of."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else str(IPv6Address(int(parsed) >> 64 << 64))
