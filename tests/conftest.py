"""What many tests share: a company, and moments at which it is open, closed or on holiday."""

from __future__ import annotations

import logging
import os
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import settings

from clientsvia.companies.files import demo_profile
from clientsvia.companies.ports import StoredProfile
from clientsvia.companies.routing import Account, AccountState
from clientsvia.companies.snapshot import compile_company
from tests.valkey import Valkey, running

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.companies.company import Company

SUSPENDED = Account(AccountState.SUSPENDED, None, "")
OPEN = datetime(2026, 11, 18, 15, 0, tzinfo=UTC)  # a Wednesday, 10:00 in New York
CLOSED = datetime(2026, 11, 19, 3, 0, tzinfo=UTC)  # the same day, 22:00
HOLIDAY = datetime(2026, 12, 25, 15, 0, tzinfo=UTC)

# Whoever runs the tests may have keys of their own there: none of them is to be spent.
for _name in [name for name in os.environ if name.startswith(("OPENAI_", "ELEVENLABS_"))]:
    del os.environ[_name]

# A busy machine must not fail an example: the first number read takes 10 ms by itself.
# CI repeats the same examples, so that a change is judged by what it changes; others explore.
settings.register_profile("clientsvia", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("clientsvia")


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """Commands run in the process set up logging; no other test is to notice."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def demo() -> Company:
    """The demo company, as a call sees it."""
    return compile_company(StoredProfile(demo_profile(), 1), OPEN)


@pytest.fixture
def nobody_to_ring(demo: Company) -> Company:
    """A company without anybody a call could be passed to."""
    return replace(demo, targets=())


@pytest.fixture(scope="session")
def valkey_of_session() -> Iterator[Valkey]:
    with running() as server:
        yield server


@pytest.fixture
def valkey(valkey_of_session: Valkey) -> Valkey:
    """An empty Valkey server, which tests that stop it are not to use."""
    valkey_of_session.flush()
    return valkey_of_session
