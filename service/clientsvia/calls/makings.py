"""The answers this process makes, shared with other processes part by part."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import orjson
import structlog

from clientsvia.calls import deadline
from clientsvia.calls.making import Dropped, Making
from clientsvia.calls.money.tab import RUNNING
from clientsvia.calls.ports import Act, Action, Part

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from clientsvia.calls.ports import PreparedAnswers, Question, Responder, Speech
    from clientsvia.companies.company import Company

    Work = Callable[[Making], Awaitable[None]]
    Publish = Callable[[Part], Awaitable[None]]

log = structlog.get_logger(__name__)

REMEMBERED = 5_000  # answers; a call needs the one of its last turn
SHARED_SECONDS = 30.0


class Makings:
    """Makes answers with a responder and a voice, once for each key, whoever asks for it.

    What is made here can be taken here without a store. Other processes find it in ``shared``,
    which is asked and told within its budget, and done without when it does not answer.
    """

    def __init__(self, responder: Responder, speech: Speech, shared: PreparedAnswers) -> None:
        self._responder = responder
        self._speech = speech
        self._shared = shared
        self._makings: OrderedDict[str, Making] = OrderedDict()
        self._tasks: dict[Making, asyncio.Task[None]] = {}

    def instant(self, company: Company) -> bool:
        """Whether answers for a company wait for nobody, neither a model nor a voice."""
        return self._responder.instant(company) and not self._speech.has_voice(company)

    def find(self, key: str) -> Making | None:
        """What is made, or was made lately, under a key in this process."""
        return self._makings.get(key)

    def start(self, key: str, question: Question, *, early: bool = False) -> Making:
        """Make an answer, or follow the process that makes it already."""
        making = self._keep(Making(key, question, early=early))
        self._run(making, self._make_or_follow)
        return making

    def follow(self, key: str, question: Question) -> Making:
        """What another process makes under a key."""
        making = self._keep(Making(key, question, early=True))
        self._run(making, self._follow)
        return making

    async def instantly(self, key: str, question: Question, *, early: bool) -> Making:
        """An answer that waits for nobody: no task for it, and no store."""
        making = self._keep(Making(key, question, early=early))
        try:
            async for part in self._responder.answer(question):
                making.add(part)
            making.finish()
        except Exception as error:  # noqa: BLE001 - whoever takes it is told
            making.finish(error)
        return making

    def drop(self, making: Making) -> None:
        """Stop making an answer that nobody needs, and let others make it."""
        if self._makings.get(making.key) is making:
            del self._makings[making.key]
        making.finish(Dropped(making.key))
        if (task := self._tasks.get(making)) is not None:
            task.cancel()

    async def close(self) -> None:
        """Stop all work."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _keep(self, making: Making) -> Making:
        self._makings[making.key] = making
        while len(self._makings) > REMEMBERED:
            self._makings.popitem(last=False)
        return making

    def _run(self, making: Making, work: Work) -> None:
        task = asyncio.create_task(self._guarded(making, work))
        self._tasks[making] = task
        task.add_done_callback(lambda _: self._tasks.pop(making, None))

    async def _guarded(self, making: Making, work: Work) -> None:
        """Do the work within its time; whatever goes wrong, those who wait are told."""
        RUNNING.set(making.tab)
        try:
            async with asyncio.timeout(deadline.GENERATION):
                await work(making)
            making.finish()
        except asyncio.CancelledError:
            making.finish(Dropped(making.key))
            raise
        except Exception as error:  # noqa: BLE001 - the taker decides what to make of it
            company = making.question.company.slug
            log.info("an answer failed", company=company, error=repr(error))
            making.finish(error)

    async def _make_or_follow(self, making: Making) -> None:
        ours, early = await self._claim(making.key), making.early
        if ours is False:
            try:
                await self._follow(making)
            except Exception:
                if making.parts:
                    raise  # it broke off, and whoever has heard its beginning is told so
            if making.parts:
                return
            ours, making.early = await self._claim(making.key), early
        await (self._share(making) if ours else self._make(making, _unshared))

    async def _claim(self, key: str) -> bool | None:
        """Whether the answer is this process's to make; None where no store tells."""
        claiming = asyncio.create_task(self._claimed(key))
        try:
            return await asyncio.shield(claiming)
        except asyncio.CancelledError:
            if await claiming:  # else nobody would make the answer while the claim stands
                await _Mirror(self._shared, key).withdraw()
            raise

    async def _claimed(self, key: str) -> bool | None:
        try:
            async with asyncio.timeout(deadline.MEMORY):
                return await self._shared.claim(key, SHARED_SECONDS)
        except Exception as error:  # noqa: BLE001 - without a store the answer is for this process alone
            log.info("an answer cannot be shared", error=repr(error))
            return None

    async def _share(self, making: Making) -> None:
        mirror = _Mirror(self._shared, making.key)
        try:
            await self._make(making, mirror.publish)
        except BaseException:
            await asyncio.shield(mirror.withdraw())
            raise
        await mirror.complete()

    async def _make(self, making: Making, publish: Publish) -> None:
        """Answer, sentence by sentence; the next is written while one becomes sound."""
        sounds: asyncio.Queue[asyncio.Task[Part] | Exception | None] = asyncio.Queue()
        async with asyncio.TaskGroup() as tasks:
            writing = tasks.create_task(self._write(making, sounds, tasks))
            while isinstance(sound := await sounds.get(), asyncio.Task):
                part = await sound
                making.add(part)
                await publish(part)
                if making.complete:
                    writing.cancel()
                    break
        if isinstance(sound, Exception):
            raise sound

    async def _write(
        self,
        making: Making,
        sounds: asyncio.Queue[asyncio.Task[Part] | Exception | None],
        tasks: asyncio.TaskGroup,
    ) -> None:
        question, count = making.question, 0
        try:
            async for part in self._responder.answer(question):
                sounds.put_nowait(tasks.create_task(self._sounding(question.company, part)))
                count += 1
        except Exception as error:  # noqa: BLE001 - what was written before it is still spoken
            sounds.put_nowait(error)
        else:
            making.written(count)
            sounds.put_nowait(None)

    async def _sounding(self, company: Company, part: Part) -> Part:
        """The part with its sound, or without when that fails or takes too long."""
        if not part.text or not self._speech.has_voice(company):
            return part
        try:
            clip = await self._speech.speak(company, part.text, patience=deadline.SPEAK)
            return replace(part, clip=clip)
        except Exception as error:  # noqa: BLE001 - Twilio speaks it then
            log.warning("a sentence has no sound", company=company.slug, error=repr(error))
            return part

    async def _follow(self, making: Making) -> None:
        """Take what another process publishes; raises KeyError when nobody makes it."""
        making.early = True
        async for text in self._shared.parts(making.key, deadline.GENERATION):
            part = _load(text)
            if part.clip:
                self._speech.learn(part.clip)
            making.add(part)


class _Mirror:
    """Shows other processes the parts of an answer, until the store fails once."""

    def __init__(self, shared: PreparedAnswers, key: str) -> None:
        self._shared = shared
        self._key = key
        self._works = True

    async def publish(self, part: Part) -> None:
        text = orjson.dumps(asdict(part)).decode()
        await self._tell(lambda: self._shared.publish(self._key, text))

    async def complete(self) -> None:
        await self._tell(lambda: self._shared.publish(self._key, "", last=True))

    async def withdraw(self) -> None:
        await self._tell(lambda: self._shared.discard(self._key))

    async def _tell(self, telling: Callable[[], Awaitable[None]]) -> None:
        if not self._works:
            return
        try:
            async with asyncio.timeout(deadline.MEMORY):
                await telling()
        except Exception as error:  # noqa: BLE001 - whatever the store's trouble, this process goes on
            self._works = False
            log.info("an answer is shared no more", error=repr(error))


async def _unshared(_part: Part) -> None:
    """Nobody else is told."""


def _load(text: str) -> Part:
    fields = orjson.loads(text)
    action = fields.pop("action")
    if action is not None:
        action = Action(Act(action["act"]), action["target"], action["text"])
    return Part(**fields, action=action)
