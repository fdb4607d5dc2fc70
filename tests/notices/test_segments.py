from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.notices.segments import MOST, fit, segments


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("水" * 70, 1),
        ("水" * 71, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_segments_are_counted_as_networks_do(text: str, count: int) -> None:
    assert segments(text) == count


def test_quotes_and_dashes_of_devices_do_not_make_a_message_dear() -> None:
    curly = "\u201cit\u2019s \u2013 well\u2026\u201d\u00a0ok"
    assert fit(curly) == '"it\'s - well..." ok'


@given(st.text(max_size=900))
def test_what_is_too_long_is_cut_and_says_so(text: str) -> None:
    fitted = fit(text)
    assert segments(fitted) <= MOST
    plain = fitted.removesuffix("...")
    assert fitted == plain or fitted.endswith("...")


def test_as_much_as_fits_is_kept() -> None:
    assert fit("x" * 459) == "x" * 459
    assert fit("x" * 460) == "x" * 456 + "..."
