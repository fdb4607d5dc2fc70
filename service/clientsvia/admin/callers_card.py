"""A caller's card: who calls a company, how often, what they asked, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.log_queries import CallFilter
from clientsvia.companies.known_callers import caller_of
from clientsvia.inbox.message import MessageState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from clientsvia.calls.ports import CallLog, LoggedCall
    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.inbox.message import Message
    from clientsvia.inbox.ports import Messages


@dataclass(frozen=True, slots=True)
class EarlierCall:
    """One call of a caller; ``asked`` are the caller's words, in their order."""

    call_sid: str
    at: datetime
    outcome: str
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a caller by number in E.164; the newest come first.

    ``messages`` are those of these calls that somebody still has to see to.
    """

    company: str
    number: str
    name: str
    notes: str
    blocked: bool
    calls: Sequence[EarlierCall]
    messages: Sequence[Message]


async def card(
    profile: CompanyProfile, number: str, log: CallLog, box: Messages, *, limit: int = 20
) -> Card:
    """The card of a number, with at most ``limit`` of its calls and their messages."""
    known = caller_of(profile, number)
    listed = await log.calls(CallFilter(company=profile.slug, caller=number), limit=limit)
    told = [await log.call(call.call_sid, company=profile.slug) or call for call in listed]
    calls = [_earlier(call) for call in told]
    left = [await box.get(profile.slug, call.call_sid) for call in listed]
    to_do = [one for one in left if one is not None and one.state is not MessageState.DONE]
    return Card(profile.slug, number, known.name, known.notes, known.blocked, calls, to_do)


def _earlier(call: LoggedCall) -> EarlierCall:
    words = (str(turn.event.get("text") or "").strip() for turn in call.turns)
    asked = tuple(text for text in words if text)
    return EarlierCall(call.call_sid, call.started_at, call.outcome or call.status, asked)
