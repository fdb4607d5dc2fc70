"""Answers without any account: from the company's hours, its address and its knowledge."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clientsvia.calls.ports import Answer
from clientsvia.companies.questions import answer_address, answer_hours

if TYPE_CHECKING:
    from clientsvia.calls.ports import Question

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[\"'A-Z0-9])")

UNKNOWN = Answer((), "unknown")


class KnowledgeResponder:
    """Answers what the company wrote down; says so when it wrote nothing fitting."""

    async def answer(self, question: Question) -> Answer:
        """Hours and address first, for both may be asked at once; then the best knowledge entry."""
        company = question.company
        hours = answer_hours(question.text, company, question.now)
        address = answer_address(question.text, company)
        if hours is not None:
            return Answer((*hours, *(address or ())), "hours", 1.0)
        if address is not None:
            return Answer(address, "address", 1.0)
        match = company.knowledge.best(question.text, company.ai.threshold)
        if match is None:
            return UNKNOWN
        sentences = tuple(_SENTENCE_END.split(match.entry.answer))
        return Answer(sentences, f"knowledge:{match.entry.id}", match.score)
