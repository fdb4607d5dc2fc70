"""What callers asked in vain: the questions a company has yet to write an answer to."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.log_queries import words_of
from clientsvia.companies.questions import answer_address, answer_hours
from clientsvia.companies.vocabulary import informative_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from clientsvia.calls.log_queries import Unanswered
    from clientsvia.calls.ports import CallLog
    from clientsvia.companies.company import Company

_MOST_READ = 1000  # the newest; who has more has to begin with those


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question as it was asked last, and how often; ``call_sid`` is the call of that time.

    ``answered_now`` when the company's own data has an answer by now. ``last_at`` is in UTC.
    """

    text: str
    count: int
    last_at: datetime
    call_sid: str
    answered_now: bool


async def questions(
    log: CallLog,
    company: Company,
    since: datetime,
    *,
    before: datetime | None = None,
    limit: int = 50,
) -> Sequence[AskedQuestion]:
    """What a company's callers asked from ``since`` on and found no answer, the newest first.

    Questions of the same meaning are one, whatever the order of their words. ``before`` leaves out
    those whose ``last_at`` is not before it: the list goes on after the last one that was shown.
    """
    asked = await log.unanswered(company.slug, since, limit=_MOST_READ)
    return await asyncio.to_thread(_told, asked, company, before, limit)


def _told(
    asked: Sequence[Unanswered], company: Company, before: datetime | None, limit: int
) -> list[AskedQuestion]:
    alike: dict[frozenset[str], list[Unanswered]] = {}
    for one in asked:
        alike.setdefault(_meaning(one.text), []).append(one)
    groups = [group for group in alike.values() if before is None or group[0].at < before]
    return list(_grouped(groups[:limit], company))


def _meaning(text: str) -> frozenset[str]:
    """What a question is about; where that cannot be told, as in "what?", its very words."""
    meant = frozenset(word.meaning for word in informative_words(text))
    return meant or frozenset(words_of(text))


def _grouped(groups: Sequence[Sequence[Unanswered]], company: Company) -> Iterator[AskedQuestion]:
    for group in groups:
        newest = group[0]
        answered = _is_answered(newest, company)
        yield AskedQuestion(newest.text, len(group), newest.at, newest.call_sid, answered)


def _is_answered(asked: Unanswered, company: Company) -> bool:
    return bool(
        company.knowledge.best(asked.text, company.ai.threshold)
        or answer_hours(asked.text, company, asked.at)
        or answer_address(asked.text, company)
    )
