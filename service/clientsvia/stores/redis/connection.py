"""A process's connection to Redis: asked within a budget, and not at all while it fails."""

from __future__ import annotations

import asyncio
import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import structlog

from clientsvia.errors import StoreUnavailable
from clientsvia.stores.redis.link import Link, LinkLost, Opener
from clientsvia.stores.waiting import wait_at_most

if TYPE_CHECKING:
    from collections.abc import Callable

log = structlog.get_logger(__name__)

BUDGET_S = 0.045
"""How long a command may take, connecting included: less than the 50 ms of those who ask."""

PAUSE_S = 0.3
_LONGEST_PAUSE_S = 5.0
_STEADY = 10  # pauses that a connection must have lasted to count as a good one
_REMEDY = (
    "see that CLIENTSVIA_REDIS_URL is right, and that Redis runs there and answers within 50 ms"
)


@dataclass(frozen=True, slots=True)
class Script:
    """A program that Redis runs as one step."""

    text: str
    sha: str = field(init=False)

    def __post_init__(self) -> None:
        sha = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()
        object.__setattr__(self, "sha", sha)


class RedisConnection:
    """Opened when first asked; ``close`` it after.

    Raises StoreUnavailable when a command is not answered within its budget. From then on every
    command fails at once, until Redis answers in time again: it is asked in the background, so that
    a Redis that is dead, slow or frozen costs those who ask together one budget, and nobody after.
    """

    def __init__(self, url: str, *, budget_s: float = BUDGET_S, pause_s: float = PAUSE_S) -> None:
        self.opener = Opener(url)
        self._budget_s = budget_s
        self._pause_s = pause_s
        self._link: Link | None = None
        self._open = asyncio.Event()
        self._lost = False
        self._keeping: asyncio.Task[None] | None = None
        self._returned: list[Callable[[], None]] = []

    def when_back(self, call: Callable[[], None]) -> None:
        """Call this each time Redis can be used, before anybody uses it."""
        self._returned.append(call)

    async def ping(self) -> None:
        """Return when Redis answers; raises StoreUnavailable when it does not."""
        await self.execute("PING")

    async def run(self, script: Script, key: str, *arguments: bytes | str | int) -> Any:  # noqa: ANN401 - what the script returns
        """The result of a script on one key."""
        try:
            return await self.execute("EVALSHA", script.sha, 1, key, *arguments)
        except self.opener.script_unknown:  # Redis is new, or was emptied
            return await self.execute("EVAL", script.text, 1, key, *arguments)

    async def execute(self, *command: bytes | str | int) -> Any:  # noqa: ANN401 - whatever Redis answers
        """The answer to one command."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self._budget_s
        link = self._link or await self._opened()
        try:
            asked = await link.send(command)
        except self.opener.failures as error:
            asked = loop.create_future()
            asked.set_result(error)
        if not asked.done():
            timer = loop.call_at(until, self._overdue, link, asked)
            asked.add_done_callback(lambda _: timer.cancel())
        # Who stops waiting leaves the question standing: its answer tells how Redis is.
        answer = await asyncio.shield(asked)
        if isinstance(answer, self.opener.script_unknown):
            raise answer
        if isinstance(answer, Exception):
            self._lose(link, answer)
            raise self._unavailable() from answer
        return answer

    async def close(self) -> None:
        """Close the connection."""
        if self._keeping is not None:
            self._keeping.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeping
            self._keeping = None

    async def _opened(self) -> Link:
        """The connection, waiting for it only if nobody knows yet that it cannot be had."""
        if self._keeping is None:
            self._keeping = asyncio.create_task(self._keep())
        if not self._lost:
            await wait_at_most(self._open, self._budget_s)
        if self._link is None:
            raise self._unavailable()
        return self._link

    def _overdue(self, link: Link, asked: asyncio.Future[Any], grace: int = 2) -> None:
        """Give up on an answer, unless it is there and this process was too busy to read it."""
        if asked.done():
            return
        if grace:
            asyncio.get_running_loop().call_soon(self._overdue, link, asked, grace - 1)
        else:
            self._lose(link, LinkLost(f"no answer within {self._budget_s} s"))

    def _lose(self, link: Link | None, why: Exception) -> None:
        """Use this connection no more; told once until Redis is back."""
        if link is not self._link:
            return
        if link is not None:
            self._link = None
            self._open.clear()
            link.give_up(why)
        if not self._lost:
            self._lost = True
            log.warning(
                "Redis does not answer; calls go on without it",
                redis=self.opener.place,
                reason=str(why) or type(why).__name__,
                remedy=_REMEDY,
            )

    def _unavailable(self) -> StoreUnavailable:
        return StoreUnavailable(f"Redis at {self.opener.place} does not answer: {_REMEDY}")

    async def _keep(self) -> None:
        """Hold a connection open for ever, with longer pauses while it does not last."""
        pause = self._pause_s
        while True:
            lasted = await self._hold()
            steady = lasted > _STEADY * self._pause_s
            if steady:
                pause = self._pause_s
            elif lasted:
                pause = min(2 * pause, _LONGEST_PAUSE_S)
            if self._lost or not steady:  # else it was closed in good order, as after long silence
                await asyncio.sleep(pause)

    async def _hold(self) -> float:
        """Connect, and let everybody ask until the connection ends; how many seconds it lasted."""
        loop = asyncio.get_running_loop()
        late = LinkLost(f"no connection within {self._budget_s} s")
        timer = loop.call_later(self._budget_s, self._lose, None, late)
        try:
            link = await self._connect()
        except self.opener.failures as error:
            self._lose(None, error)
            return 0.0
        finally:
            timer.cancel()
        since = loop.time()
        await self._use(link)
        return loop.time() - since

    async def _connect(self) -> Link:
        """A connection that has answered within the budget once."""
        link = Link(await self.opener.open(), self.opener.refused)
        try:
            async with asyncio.timeout(self._budget_s):
                answer = await (await link.send(("PING",)))
        except BaseException:
            await link.close()
            raise
        if isinstance(answer, Exception):
            await link.close()
            raise answer
        return link

    async def _use(self, link: Link) -> None:
        """Let everybody ask until the connection ends."""
        self._link = link
        if self._lost:
            self._lost = False
            log.info("Redis answers again", redis=self.opener.place)
        for call in self._returned:
            call()
        self._open.set()
        try:
            await link.ended()
        finally:
            if self._link is link:
                self._link = None
                self._open.clear()
            await link.close()
