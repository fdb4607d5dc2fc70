"""Who answers for a company: its responder, those that stand in for it, at last its own data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from clientsvia.errors import ProviderFailed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping

    from clientsvia.calls.breaker import Breaker
    from clientsvia.calls.load import Load
    from clientsvia.calls.ports import Part, Question, Responder, Spending
    from clientsvia.companies.company import Company

AUTO = "auto"
KNOWLEDGE = "knowledge"
OPENAI = "openai"


class Answering(Protocol):
    """Somebody who answers, sooner or later."""

    def answer(self, question: Question) -> AsyncIterator[Part]:
        """The parts of an answer as they are ready."""


@dataclass(frozen=True, slots=True)
class Provider:
    """A responder somewhere else; ``usable`` tells whether a company has all it needs for it."""

    responder: Answering
    usable: Callable[[Company], bool]


class Responders:
    """Asks one responder after another until one answers; what keeps failing is left alone.

    A company that has used up its month's money gets what its own data answer, and so do all while
    this process is overloaded: nobody is refused.
    """

    def __init__(
        self,
        providers: Mapping[str, Provider],
        own_data: Responder,
        spending: Spending,
        breaker: Breaker,
        load: Load,
    ) -> None:
        self._providers = providers
        self._own_data = own_data
        self._spending = spending
        self._breaker = breaker
        self._load = load

    def instant(self, company: Company) -> bool:
        """Whether its own data are all that answers for a company now."""
        return self._order(company)[:1] in ([], [KNOWLEDGE])

    async def answer(self, question: Question) -> AsyncIterator[Part]:
        """The parts of the first answer there is.

        Raises the failure of whoever broke off in the middle of an answer, or that of the last one
        asked when nobody answered.
        """
        failure: ProviderFailed | None = None
        for name in self._order(question.company):
            said = False
            try:
                async for part in self._asked(name, question):
                    said = True
                    yield part
            except ProviderFailed as error:
                failure = error
                if said:
                    raise
            if said:
                return
        if failure is not None:
            raise failure

    async def _asked(self, name: str, question: Question) -> AsyncIterator[Part]:
        """What one of them answers; how it went is for the breaker."""
        company = question.company
        if name == KNOWLEDGE:
            async for part in self._own_data.answer(question):
                yield part
            return
        if not self._breaker.allows(company, name):
            return
        try:
            async for part in self._providers[name].responder.answer(question):
                yield part
        except ProviderFailed as error:
            self._breaker.failed(company, name, error)
            raise
        self._breaker.succeeded(company, name)

    def alone(self, company: Company) -> Iterator[tuple[str, Answering]]:
        """Each provider that would be asked for a company, by itself: nothing stands in for it."""
        for name in self._order(company):
            if name != KNOWLEDGE:
                yield name, self._providers[name].responder

    def _order(self, company: Company) -> list[str]:
        """Who is asked for a company, in this order."""
        if self._load.overloaded or self._spending.capped(company):
            return [KNOWLEDGE]
        first = company.ai.responder
        if first == AUTO:
            first = OPENAI if self._usable(OPENAI, company) else KNOWLEDGE
        names = dict.fromkeys((first, *company.ai.fallbacks))
        return [name for name in names if name == KNOWLEDGE or self._usable(name, company)]

    def _usable(self, name: str, company: Company) -> bool:
        provider = self._providers.get(name)
        return provider is not None and provider.usable(company)
