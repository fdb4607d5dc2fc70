"""Answers without any account: from the company's hours, its address and its knowledge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clientsvia.calls.ports import Part
from clientsvia.companies.questions import answer_address, answer_hours

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from clientsvia.calls.ports import Question
    from clientsvia.companies.company import Company

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'A-Z0-9])")


class KnowledgeResponder:
    """Answers what the company wrote down; says nothing when it wrote nothing fitting."""

    async def answer(self, question: Question) -> AsyncIterator[Part]:
        """Hours and address first, for both may be asked at once; then the best knowledge entry."""
        for part in answer_offline(question):
            yield part

    def instant(self, company: Company) -> bool:  # noqa: ARG002 - it is so for every company
        """It waits for nobody."""
        return True


def answer_offline(question: Question) -> list[Part]:
    """The parts of an answer from the company's own data; empty when there is none."""
    company = question.company
    hours = answer_hours(question.text, company, question.now)
    address = answer_address(question.text, company)
    if hours is not None:
        return [Part(text, "hours", 1.0) for text in (*hours, *(address or ()))]
    if address is not None:
        return [Part(text, "address", 1.0) for text in address]
    match = company.knowledge.best(question.text, company.ai.threshold)
    if match is None:
        return []
    sentences = _SENTENCE_END.split(match.entry.answer)
    return [Part(text, f"knowledge:{match.entry.id}", match.score) for text in sentences]
