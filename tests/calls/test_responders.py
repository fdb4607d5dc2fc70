from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.breaker import FAILURES
from clientsvia.calls.load import Load
from clientsvia.calls.money.prices import Prices
from clientsvia.calls.money.provider_errors import ProviderErrors
from clientsvia.calls.money.spending import Ledger
from clientsvia.calls.parts import whole
from clientsvia.calls.ports import Part, Question, Usage
from clientsvia.calls.responders import Provider, Responders
from clientsvia.calls.watched import WatchedBreaker
from clientsvia.errors import ProviderBroken
from clientsvia.providers.clock import StartedClock
from clientsvia.providers.knowledge import KnowledgeResponder
from tests.calls.responding import Scripted
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company

CLOCK = StartedClock(OPEN)


class Setup:
    """Two providers that may be usable or broken, and the company's own data."""

    def __init__(self, *, openai: bool = True, compatible: bool = True) -> None:
        self.openai = Scripted(Part("From OpenAI.", "model:x"))
        self.compatible = Scripted(Part("From another.", "model:y"))
        self.load = Load()
        self.ledger = Ledger(Prices(), CLOCK)
        self.errors = ProviderErrors(CLOCK)
        self.responders = Responders(
            {
                "openai": Provider(self.openai, lambda _: openai),
                "compatible": Provider(self.compatible, lambda _: compatible),
            },
            KnowledgeResponder(),
            self.ledger,
            WatchedBreaker(lambda: 0.0, self.errors),
            self.load,
        )

    async def ask(self, company: Company, text: str = "how can I pay?") -> str:
        answer = await whole(self.responders.answer(Question(company, text, OPEN)))
        return " ".join(answer.sentences)


def choosing(demo: Company, responder: str, *fallbacks: str) -> Company:
    return replace(demo, ai=replace(demo.ai, responder=responder, fallbacks=fallbacks))


@pytest.mark.parametrize(
    ("responder", "said"),
    [
        ("auto", "From OpenAI."),
        ("openai", "From OpenAI."),
        ("compatible", "From another."),
    ],
)
async def test_the_companys_choice_answers(demo: Company, responder: str, said: str) -> None:
    setup = Setup()
    company = choosing(demo, responder, "knowledge")
    assert await setup.ask(company) == said
    assert not setup.responders.instant(company)


@pytest.mark.parametrize("responder", ["auto", "openai", "knowledge"])
async def test_without_a_key_the_companys_own_data_answer_at_once(
    demo: Company, responder: str
) -> None:
    setup = Setup(openai=False)
    company = choosing(demo, responder, "knowledge")
    assert "credit cards" in await setup.ask(company)
    assert setup.responders.instant(company)


async def test_an_overloaded_process_asks_nobody(demo: Company) -> None:
    setup = Setup()
    setup.load.late = 1.0
    assert "credit cards" in await setup.ask(choosing(demo, "openai"))
    assert setup.openai.asked == []


async def test_what_fails_is_followed_by_the_fallbacks_in_their_order(demo: Company) -> None:
    setup = Setup()
    setup.openai.broken, setup.openai.parts = True, ()
    assert await setup.ask(choosing(demo, "openai", "compatible", "knowledge")) == "From another."
    setup.compatible.broken, setup.compatible.parts = True, ()
    own = await setup.ask(choosing(demo, "openai", "compatible", "knowledge"))
    assert "credit cards" in own
    with pytest.raises(ProviderBroken):
        await setup.ask(choosing(demo, "openai", "compatible"))


async def test_an_answer_that_breaks_off_is_not_answered_twice(demo: Company) -> None:
    setup = Setup()
    setup.openai.broken = True
    with pytest.raises(ProviderBroken):
        await setup.ask(choosing(demo, "openai", "compatible"))
    assert setup.compatible.asked == []


async def test_who_keeps_failing_is_left_alone_for_that_company(demo: Company) -> None:
    setup = Setup()
    setup.openai.broken, setup.openai.parts = True, ()
    company = choosing(demo, "openai", "knowledge")
    for _ in range(FAILURES + 2):
        await setup.ask(company)
    assert len(setup.openai.asked) == FAILURES
    await setup.ask(replace(company, slug="other"))
    assert len(setup.openai.asked) == FAILURES + 1
    assert setup.errors.unstored == FAILURES + 1


async def test_when_the_months_money_is_used_up_calls_go_on_with_the_companys_data(
    demo: Company,
) -> None:
    setup = Setup()
    company = replace(demo, spend=replace(demo.spend, monthly_usd=1.0))
    setup.ledger.add(company, Usage("openai", "gpt-4.1-mini", output_tokens=10_000_000))
    assert "credit cards" in await setup.ask(company)
    assert setup.responders.instant(company)
    assert setup.openai.asked == []


def test_each_provider_is_to_be_had_alone_in_the_order_it_is_asked(demo: Company) -> None:
    both = choosing(demo, "compatible", "openai", "knowledge")
    setup = Setup()
    assert list(setup.responders.alone(both)) == [
        ("compatible", setup.compatible),
        ("openai", setup.openai),
    ]
    assert [name for name, _ in Setup(compatible=False).responders.alone(both)] == ["openai"]
    assert not list(setup.responders.alone(choosing(demo, "knowledge")))
