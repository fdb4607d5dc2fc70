"""What is kept of calls in the process, found and forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from clientsvia.admin.kept_calls import Forgotten, OwedDeletion
from clientsvia.inbox.message import MessageState

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from clientsvia.inbox.message import Message
    from clientsvia.stores.memory.call_memory import CallMemory
    from clientsvia.stores.memory.messages import MemoryMessages
    from clientsvia.stores.memory.outbox import MemoryOutbox


class MemoryKeptCalls:
    """Looks through the other memory stores."""

    def __init__(self, calls: CallMemory, messages: MemoryMessages, outbox: MemoryOutbox) -> None:
        self._calls = calls
        self._messages = messages
        self._outbox = outbox
        self._owed: dict[tuple[str, str], tuple[int, OwedDeletion]] = {}
        self._claimed_until: datetime | None = None

    async def of_caller(self, company: str, number: str) -> Sequence[str]:
        """The sids of a company's calls from this number, or with a message that names it."""
        calls = [one.call_sid for one in self._calls.of(company) if one.caller == number]
        messages = self._messages.of(company)
        named = [one.call_sid for one in messages if number in {one.caller, one.number}]
        return sorted({*calls, *named})

    async def older_than(self, company: str, before: datetime, *, limit: int = 20) -> Sequence[str]:
        """The oldest calls and done messages from before that moment."""
        old = [(one.started_at, one.call_sid) for one in self._calls.of(company)]
        done = (one for one in self._messages.of(company) if one.state is MessageState.DONE)
        old += [(one.at, one.call_sid) for one in done]
        return list(dict.fromkeys(sid for at, sid in sorted(old) if at < before))[:limit]

    async def forget(
        self, company: str, call_sids: Sequence[str], now: datetime, *, open_messages: bool
    ) -> Forgotten:
        """Delete what is kept of these calls."""
        total = Forgotten()
        for sid in call_sids:
            message = await self._messages.get(company, sid)
            stays = message is not None and message.state is not MessageState.DONE
            gone = None if stays and not open_messages else message
            total += self._forget(company, sid, gone, now, recordings=gone is message)
        return total

    def _forget(
        self, company: str, sid: str, message: Message | None, now: datetime, *, recordings: bool
    ) -> Forgotten:
        calls = int((company, sid) in self._calls.calls)
        steps = self._calls.forget(company, sid)
        urls = {str(step.event.get("url") or "") for step in steps} if recordings else set[str]()
        if message is not None:
            urls.add(message.recording)
            self._messages.forget(company, sid)
        new = [url for url in urls if url and (company, url) not in self._owed]
        for url in new:
            self._owed[company, url] = 0, OwedDeletion(company, url, now)
        notices = self._outbox.forget_call(company, sid)
        return Forgotten(calls, len(steps), int(message is not None), notices, len(new))

    async def notices(self, company: str, call_sids: Sequence[str]) -> Sequence[Mapping[str, Any]]:
        """What owners were told of these calls."""
        found = [notice for sid in call_sids for notice in self._outbox.of_call(company, sid)]
        found.sort(key=lambda notice: (notice.at, notice.key))
        return [{"kind": str(one.kind), "at": one.at, "data": dict(one.data)} for one in found]

    async def owed(self, company: str | None = None, *, limit: int = 50) -> Sequence[OwedDeletion]:
        """Recordings that Twilio is still to delete, those that were not tried yet first."""
        owed = [(n, one) for n, one in self._owed.values() if company in {None, one.company}]
        owed.sort(key=lambda item: (item[0], item[1].since, item[1].url))
        return [one for _, one in owed[:limit]]

    async def settle(self, owed: OwedDeletion, error: str = "") -> None:
        """Note that a recording was deleted, or why it was not."""
        tries, _ = self._owed.pop((owed.company, owed.url), (0, owed))
        if error:
            self._owed[owed.company, owed.url] = tries + 1, replace(owed, error=error)

    async def claim(self, now: datetime, until: datetime) -> bool:
        """Take the sweep up to ``until``; False when somebody has it."""
        if self._claimed_until is not None and self._claimed_until > now:
            return False
        self._claimed_until = until
        return True
