from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from clientsvia.calls.log_queries import Place, words_of
from clientsvia.errors import InvalidInput


def test_a_place_survives_being_text() -> None:
    place = Place(datetime(2026, 11, 23, 12, 0, 1, 999_999, tzinfo=UTC), "CA1", "gulf-breeze")

    assert Place.read(str(place)) == place
    assert str(place).isascii()


def test_a_place_in_another_zone_is_the_same_moment() -> None:
    here = datetime(2026, 11, 23, 12, tzinfo=timezone(timedelta(hours=2)))

    assert Place.read(str(Place(here, "CA1", "acme"))).started_at == here


@pytest.mark.parametrize("text", ["", "CA1", "x~y~z", "20261123T120001.999999Z~CA1", "~~", "~" * 9])
def test_what_is_no_place_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="no place in the list"):
        Place.read(text)


def test_words_are_plain() -> None:
    assert words_of("Don't, Ünder_score 42!") == ["don", "t", "under", "score", "42"]
