"""Access on stores in memory, by a clock that stands still until it is moved."""

from __future__ import annotations

import pytest

from clientsvia.wiring.access import Access, AccessStores, open_access, open_access_stores
from tests.notices.samples import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stores() -> AccessStores:
    return open_access_stores(None)


@pytest.fixture
def access(stores: AccessStores, clock: Clock) -> Access:
    return open_access(stores, clock)
