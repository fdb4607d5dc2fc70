"""A company's day, put together of its calls, its message box and its missed transfers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientsvia.calls.log_queries import CallFilter
from clientsvia.notices.notice import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from clientsvia.calls.ports import CallLog
    from clientsvia.companies.company import Company
    from clientsvia.inbox.message import Message
    from clientsvia.inbox.ports import Messages
    from clientsvia.notices.notice import Notice
    from clientsvia.notices.ports import Outbox

MOST = 1000
"""Calls and messages of a day that are looked at; what is beyond is not counted."""


class DayBook:
    """Looks a day up where calls, messages and notices are kept."""

    def __init__(self, call_log: CallLog, messages: Messages, outbox: Outbox) -> None:
        self._call_log = call_log
        self._messages = messages
        self._outbox = outbox

    async def of(self, company: Company, since: datetime, until: datetime) -> Mapping[str, Any]:
        """How many calls there were, and each message and missed transfer."""
        calls = await self._call_log.calls(
            CallFilter(company.slug, since=since, until=until), limit=MOST
        )
        messages = await self._messages.list(company.slug, limit=MOST)
        missed = await self._outbox.told(company.slug, NoticeKind.MISSED, since, until)
        return {
            "calls": len(calls),
            "messages": [_message(one) for one in reversed(messages) if since <= one.at < until],
            "missed": [_missed(one) for one in missed],
        }


def _message(message: Message) -> dict[str, Any]:
    return {
        "at": message.at.isoformat(),
        "number": message.number or message.caller,
        "name": message.name,
        "about": message.reason or message.transcript,
        "state": str(message.state),
    }


def _missed(notice: Notice) -> dict[str, Any]:
    data = notice.data
    return {
        "at": notice.at.isoformat(),
        "number": data.get("number") or data.get("caller") or "",
        "name": data.get("name") or "",
        "about": f"asked for {data['target']}" if data.get("target") else "",
    }
