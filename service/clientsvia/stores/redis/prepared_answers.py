"""Prepared answers in Redis, for the workers of any number of hosts."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clientsvia.errors import StoreUnavailable
from clientsvia.stores.redis.connection import Script
from clientsvia.stores.waiting import wait_at_most

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from clientsvia.stores.redis.connection import RedisConnection
    from clientsvia.stores.redis.subscriptions import Subscriptions

_POLL_S = 0.1
_END = b"."
_CLAIM = Script("""
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
""")
# What is there already, as after an answer that was lost on its way back, is not added again.
_PUBLISH = Script("""
if redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] then return -1 end
local there = redis.call('LLEN', KEYS[1]) - 1
for i = 3 + there - tonumber(ARGV[2]), #ARGV do redis.call('RPUSH', KEYS[1], ARGV[i]) end
redis.call('PUBLISH', KEYS[1], '')
return redis.call('LLEN', KEYS[1]) - 1
""")
_DISCARD = Script("""
if ARGV[1] ~= '' and redis.call('LINDEX', KEYS[1], 0) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('PUBLISH', KEYS[1], '')
return 1
""")


@dataclass(slots=True)
class _Claim:
    """A key this process makes, with what was published; ``stored`` of it Redis is known to have.

    ``expires_at`` is on the monotonic clock.
    """

    token: str
    expires_at: float
    published: list[bytes] = field(default_factory=list)
    stored: int = 0


class RedisPreparedAnswers:
    """A list for each key: the maker's token, then the parts, then a full stop.

    The token tells a maker whose claim has passed to another from that other, so that they cannot
    mix their parts. Who waits is told by a message, and looks every 100 ms in case it is missed.
    Every method raises StoreUnavailable while Redis does not answer. A part that did not reach
    Redis is sent again with the next one, so that takers never miss one in the middle.
    """

    def __init__(self, redis: RedisConnection, subscriptions: Subscriptions) -> None:
        self._redis = redis
        self._subscriptions = subscriptions
        self._claims: dict[str, _Claim] = {}

    async def claim(self, key: str, ttl: float = 30.0) -> bool:
        """Take the making of ``key``; False when somebody else has it."""
        now = time.monotonic()
        for old in [old for old, claim in self._claims.items() if claim.expires_at <= now]:
            del self._claims[old]
        claim = _Claim(secrets.token_urlsafe(12), now + ttl)
        try:
            claimed = await self._redis.run(_CLAIM, _name(key), claim.token, max(1, int(ttl * 1e3)))
        except StoreUnavailable:
            # Redis may have heard it and be back soon: then what is published is of use after all.
            self._claims.setdefault(key, claim)
            raise
        if claimed:
            self._claims[key] = claim
        return bool(claimed)

    async def publish(self, key: str, part: str, *, last: bool = False) -> None:
        """Add a part, or none when it is empty; ``last`` completes it."""
        claim = self._claims.get(key)
        if claim is None or claim.published[-1:] == [_END]:
            return
        if part:
            claim.published.append(b"+" + part.encode())
        if last:
            claim.published.append(_END)
        await self._send(key, claim)

    async def _send(self, key: str, claim: _Claim) -> None:
        fresh = claim.published[claim.stored :]
        if not fresh:
            return
        stored = await self._redis.run(_PUBLISH, _name(key), claim.token, claim.stored, *fresh)
        claim.stored = max(claim.stored, stored)
        done = stored < 0 or (claim.published[-1] == _END and stored == len(claim.published))
        if done and self._claims.get(key) is claim:
            del self._claims[key]

    async def parts(self, key: str, timeout: float) -> AsyncIterator[str]:  # noqa: ASYNC109 - the port's
        """Every part from the first, waiting for what is still made."""
        deadline = time.monotonic() + timeout
        taking = _Taking(key)
        for part in taking.fresh(await self._look(key)):
            yield part
        if taking.ended():
            return
        with self._subscriptions.listen(_name(key)) as told:
            while True:
                told.clear()
                for part in taking.fresh(await self._look(key)):
                    yield part
                if taking.ended():
                    return
                left = deadline - time.monotonic()
                if left <= 0:
                    raise TimeoutError(f"{key} was not completed within {timeout} s")
                await wait_at_most(told, min(_POLL_S, left))

    async def _look(self, key: str) -> list[bytes]:
        found: list[bytes] = await self._redis.execute("LRANGE", _name(key), 0, -1)
        return found

    async def discard(self, key: str) -> None:
        """Forget a key; those who wait for it get KeyError."""
        claim = self._claims.pop(key, None)
        await self._redis.run(_DISCARD, _name(key), claim.token if claim else "")


@dataclass(slots=True)
class _Taking:
    """How far somebody has taken the parts of a key."""

    key: str
    token: bytes = b""
    seen: int = 0
    _ended: bool = False

    def fresh(self, found: list[bytes]) -> list[str]:
        """The parts not taken yet; raises KeyError when the claim is gone, or is another's."""
        if not found or self.token not in {b"", found[0]}:
            raise KeyError(self.key)
        self.token, *published = found
        parts = published[self.seen :]
        self.seen = len(published)
        self._ended = published[-1:] == [_END]
        return [part[1:].decode() for part in parts if part != _END]

    def ended(self) -> bool:
        """Whether these were all."""
        return self._ended


def _name(key: str) -> str:
    return f"clientsvia:prepared:{key}"
