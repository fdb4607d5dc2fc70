"""What calls remember, in Redis: one hash a call, gone some hours after its last step."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from clientsvia.calls.ports import Step
from clientsvia.stores.latest import Latest
from clientsvia.stores.redis.connection import Script

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.stores.redis.connection import RedisConnection

LIFETIME_S = 6 * 3_600
"""Longer than any call lasts, and than Twilio may deliver a webhook again."""

_LATEST = "latest"  # no step's field: those begin with "step:"
_COMMIT = Script("""
local first = redis.call('HGET', KEYS[1], ARGV[1])
if first then return first end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2], 'latest', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
return false
""")


class RedisCallStates:
    """Who commits a step first, on whichever host; raises StoreUnavailable without Redis.

    Nothing here survives the loss of Redis: a durable store is to stand behind it.
    """

    def __init__(self, redis: RedisConnection) -> None:
        self._redis = redis

    async def load(self, company: str, call_sid: str) -> Mapping[str, Any] | None:
        """The memory of this company's call as of its latest step; None if there is none."""
        latest = await self.latest(company, call_sid)
        return None if latest is None else latest.memory

    async def latest(self, company: str, call_sid: str) -> Latest | None:
        """The latest step of this company's call; None if there is none."""
        found = await self._redis.execute("HGET", _name(company, call_sid), _LATEST)
        return None if found is None else Latest(*orjson.loads(found))

    async def commit(self, step: Step) -> Step:
        """Store a step; everybody gets the first committed for (company, call, key)."""
        latest = [step.turn, step.at.timestamp(), dict(step.memory)]
        first = await self._redis.run(
            _COMMIT,
            _name(step.company, step.call_sid),
            f"step:{step.key}",
            _packed(step),
            orjson.dumps(latest),
            LIFETIME_S,
        )
        return step if first is None else _unpacked(first, step)


def _name(company: str, call_sid: str) -> str:
    # A slug has no colon, so that no sid a sender thinks of reaches another company's call.
    return f"clientsvia:call:{company}:{call_sid}"


def _packed(step: Step) -> bytes:
    """A line of JSON, which has no line break of its own, and the reply's bytes."""
    fields = [
        step.turn,
        step.at.timestamp(),
        dict(step.event),
        dict(step.answered),
        dict(step.memory),
    ]
    return orjson.dumps(fields) + b"\n" + step.reply


def _unpacked(packed: bytes, like: Step) -> Step:
    fields, _, reply = packed.partition(b"\n")
    turn, at, event, answered, memory = orjson.loads(fields)
    return Step(
        call_sid=like.call_sid,
        key=like.key,
        company=like.company,
        turn=turn,
        at=datetime.fromtimestamp(at, UTC),
        event=event,
        answered=answered,
        reply=reply,
        memory=memory,
    )
