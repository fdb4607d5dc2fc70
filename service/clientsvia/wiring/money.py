"""What companies spend, and what of it was wasted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.calls.money.bookkeeping import Bookkeeping
from clientsvia.calls.money.prices import Prices, read_prices
from clientsvia.calls.money.provider_errors import ProviderErrors
from clientsvia.calls.money.spending import Ledger
from clientsvia.calls.speculation_budget import SpeculationBudget

if TYPE_CHECKING:
    from clientsvia.calls.load import Load
    from clientsvia.calls.money.usage import UsageBook
    from clientsvia.calls.ports import Clock
    from clientsvia.notices.watch import Watch
    from clientsvia.settings import Settings


@dataclass(frozen=True, slots=True)
class Money:
    """What companies spend, what may be wasted of it, and what failed; kept in the store."""

    spending: Ledger
    budget: SpeculationBudget
    errors: ProviderErrors
    bookkeeping: Bookkeeping


def open_money(
    settings: Settings, book: UsageBook, clock: Clock, load: Load, watch: Watch
) -> Money:
    """The ledger and all that is kept in step with it; ``watch`` tells owners what is spent."""
    ledger, errors = Ledger(prices_of(settings), clock), ProviderErrors(clock)
    bookkeeping = Bookkeeping(book, ledger, errors, clock, watch.reached)
    return Money(ledger, SpeculationBudget(ledger, load), errors, bookkeeping)


def prices_of(settings: Settings) -> Prices:
    """What providers cost; raises ConfigurationError when the file of prices is wrong."""
    return Prices() if settings.prices is None else read_prices(settings.prices)
