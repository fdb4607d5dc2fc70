"""What owners are told of messages, missed transfers and urgent calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientsvia.inbox.summary import caller_name, caller_of, summary, transfers, urgent_words
from clientsvia.notices.notice import Notice, NoticeKind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from clientsvia.calls.ports import LoggedCall
    from clientsvia.companies.company import Company
    from clientsvia.inbox.message import Message


@dataclass(frozen=True, slots=True)
class Occasion:
    """A call about which its company's owner is told something ``now``.

    ``known`` is None for a company that is gone meanwhile, ``call`` for a call that is not logged.
    """

    company: str
    call_sid: str
    known: Company | None
    call: LoggedCall | None
    now: datetime


def of_message(occasion: Occasion, message: Message, version: int) -> Notice:
    """That a message was left; with it the transfer that nobody took, if there was one."""
    data = {
        "name": message.name,
        "number": message.number,
        "reason": message.reason,
        "transcript": message.transcript,
        "seconds": message.seconds,
        "recording": bool(message.recording),
        "complete": message.complete,
        **_missed(occasion),
    }
    key, urgent = f"message:{message.call_sid}:{version}", message.urgent
    return _notice(occasion, NoticeKind.MESSAGE, key, message.at, data, urgent=urgent)


def of_missed(occasion: Occasion, at: datetime) -> Notice:
    """That nobody took a transfer, and no message was left after it; one notice a call.

    Whoever was told of an urgent call that somebody is being rung for must hear that nobody came.
    """
    key, urgent = f"missed:{occasion.call_sid}", bool(urgent_words(occasion.call))
    return _notice(occasion, NoticeKind.MISSED, key, at, _missed(occasion), urgent=urgent)


def of_urgent(occasion: Occasion, at: datetime, turn: int, effect: Mapping[str, Any]) -> Notice:
    """That a caller spoke of something urgent, in what words, and who is rung for it."""
    data = {"words": effect["words"], "target": _name(occasion, str(effect["target"]))}
    key = f"urgent:{occasion.call_sid}:{turn}"
    return _notice(occasion, NoticeKind.URGENT, key, at, data, urgent=True)


def _notice(
    occasion: Occasion,
    kind: NoticeKind,
    key: str,
    at: datetime,
    data: Mapping[str, Any],
    *,
    urgent: bool = False,
) -> Notice:
    company, call = occasion.known, occasion.call
    local = company.hours.local(at) if company else at
    common = {
        "company": company.name if company else occasion.company,
        "call_sid": occasion.call_sid,
        "caller": caller_of(call),
        "name": caller_name(call, company),
        "at": local.isoformat(timespec="seconds"),
        "zone": str(local.tzinfo),
        "summary": summary(call, company),
    }
    return Notice(occasion.company, key, kind, at, occasion.now, urgent, common | dict(data))


def _missed(occasion: Occasion) -> dict[str, Any]:
    """The last transfer that nobody took, and how many were tried."""
    missed = transfers(occasion.call)
    if not missed:
        return {}
    target, outcome = missed[-1]
    return {"target": _name(occasion, target), "outcome": outcome, "attempts": len(missed)}


def _name(occasion: Occasion, target_id: str) -> str:
    target = occasion.known.target(target_id) if occasion.known else None
    return target.name if target else target_id
