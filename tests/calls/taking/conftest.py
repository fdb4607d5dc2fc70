from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.companies.routing import Urgent

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


@pytest.fixture
def calm(demo: Company) -> Company:
    """A company that calls nothing urgent."""
    return replace(demo, urgent=Urgent((), None))
