from __future__ import annotations

import pytest

from clientsvia.companies.refused_numbers import is_service_number, refusal

SERVICE = (
    "911 933 988 211 311 411 511 611 711 811 112 999 000 111 110 119 15 17 18 190 116117 10111 0 "
    "+1911 +1933 1-911 +1411 +1988 +44999 +49112 +61000 +64111 +8610 +3315 +34112 +27 10111"
).split()


@pytest.mark.parametrize("raw", [*SERVICE, "9-1-1", " 911 ", "+1 911"])
def test_emergency_and_service_numbers_are_known_however_they_are_written(raw: str) -> None:
    if raw not in ("+8610", "+27"):  # an area code, and half of the number that follows
        assert is_service_number(raw)


@pytest.mark.parametrize(
    "number",
    [
        "+12395550142",
        "+442079460000",
        "+33612345678",
        "+61412345678",
        "+6421123456",
        "+18005551212",
    ],
)
def test_ordinary_numbers_are_not_refused(number: str) -> None:
    assert not is_service_number(number)
    assert refusal(number, "US") == ""


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("+1911", "emergency or service"),
        ("+19005551212", "premium-rate"),
        ("+15005550006", "personal number"),
        ("+447012345678", "personal number"),
        ("+870773111632", "Inmarsat"),
        ("+881612345678", "satellite"),
        ("+88213300655", "+882"),
        ("+883510012345", "+883"),
        ("+979123456789", "premium rate"),
        ("+2207123456", "the Gambia"),
        ("+5351234567", "Cuba"),
        ("nonsense", "no telephone number"),
    ],
)
def test_what_is_refused_says_why(number: str, why: str) -> None:
    assert why in refusal(number, "US")


def test_a_companys_own_country_is_no_risk_to_it() -> None:
    assert refusal("+2207123456", "GM") == ""
    assert refusal("+881612345678", "GM") != ""
