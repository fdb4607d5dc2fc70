from __future__ import annotations

from typing import TYPE_CHECKING

import orjson
import pytest

from clientsvia.inbox import telling
from clientsvia.inbox.message import Message
from clientsvia.inbox.telling import Occasion
from tests.conftest import OPEN

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


@pytest.fixture
def occasion(demo: Company) -> Occasion:
    return Occasion("demo", "CA1", demo, None, OPEN)


def test_each_version_of_a_message_is_told_under_a_key_of_its_own(occasion: Occasion) -> None:
    message = Message("demo", "CA1", OPEN, "", urgent=True)
    first, second = (telling.of_message(occasion, message, version) for version in (1, 2))
    assert (first.company, first.key, first.urgent) == ("demo", "message:CA1:1", True)
    assert first.key != second.key


def test_missed_transfers_are_told_once_a_call_and_urgent_ones_once_a_turn(
    occasion: Occasion,
) -> None:
    assert telling.of_missed(occasion, OPEN).key == "missed:CA1"
    effect = {"words": "a leak", "target": ""}
    assert telling.of_urgent(occasion, OPEN, 3, effect).key == "urgent:CA1:3"


def test_what_is_told_can_be_stored(occasion: Occasion) -> None:
    message = Message("demo", "CA1", OPEN, "")
    for notice in (
        telling.of_message(occasion, message, 1),
        telling.of_missed(occasion, OPEN),
        telling.of_urgent(occasion, OPEN, 3, {"words": "a leak", "target": "gone"}),
    ):
        assert orjson.loads(orjson.dumps(dict(notice.data))) == dict(notice.data)
        assert notice.data["company"] == "Gulf Breeze Plumbing"
