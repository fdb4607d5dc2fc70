"""Numbers that nobody may be connected with: emergency, service, dear and high-risk ones."""

from __future__ import annotations

import re
from functools import lru_cache

from clientsvia.errors import InvalidNumber
from clientsvia.telephony import numbers as telephone

_DEAR_KINDS = {
    "premium_rate": "a premium-rate number",
    "personal_number": "a personal number, which may cost a fortune a minute",
    "shared_cost": "a shared-cost number",
    "pager": "a pager",
}
_ONLY_DIGITS = re.compile(r"[^0-9]+")
_COUNTRY_CODES = (
    "1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 60 61 62 63 64 "
    "65 66 81 82 84 86 90 91 92 94 351 352 353 354 356 357 358 359 370 371 372 385 386 420 421 852 "
    "886 971 972"
).split()
"""Before them people write an emergency number as if it were an ordinary one: +1911, +44999."""
_SERVICE = re.compile(r"[2-9]11|933|988|999|000|1[0-9]{2}|1[5-8]|0|10111|116[0-9]{3}")
"""Emergency and service numbers of the world: 911 and its test line 933, N11, 112, 999, 000, 111,
the two and three digits of many countries (15, 17, 110, 119, 190), and Europe's 116xxx."""
_SATELLITE = {"870": "Inmarsat", "881": "a satellite phone", "882": "an international network",
              "883": "an international network", "878": "a universal personal number",
              "888": "an international network", "979": "international premium rate"}  # fmt: skip
_FRAUD_PRONE = {
    "AC": "Ascension", "BI": "Burundi", "CK": "the Cook Islands", "CU": "Cuba",
    "DJ": "Djibouti", "ER": "Eritrea", "FK": "the Falkland Islands", "GM": "the Gambia",
    "GN": "Guinea", "GW": "Guinea-Bissau", "IO": "Diego Garcia", "KI": "Kiribati",
    "KM": "the Comoros", "KP": "North Korea", "LR": "Liberia", "MV": "the Maldives",
    "NR": "Nauru", "NU": "Niue", "PG": "Papua New Guinea", "SB": "the Solomon Islands",
    "SH": "Saint Helena", "SL": "Sierra Leone", "SO": "Somalia", "ST": "Sao Tome", "TD": "Chad",
    "TK": "Tokelau", "TL": "East Timor", "TO": "Tonga", "TV": "Tuvalu", "VU": "Vanuatu",
    "WF": "Wallis and Futuna", "WS": "Samoa",
}  # fmt: skip
"""Where calls are sent to by those who earn by them: dear, and seldom anybody's shop."""


@lru_cache(maxsize=4096)
def refusal(number: str, region: str = "") -> str:
    """What is wrong with a number to be dialled, for a company of ``region``; empty if nothing is.

    Numbers of the company's own country are never held to be fraud.
    """
    if is_service_number(number):
        return "an emergency or service number, which cannot be called for somebody else"
    code = number.lstrip("+")[:3]
    if code in _SATELLITE:
        return f"a high-risk number (+{code}, {_SATELLITE[code]})"
    try:
        parsed = telephone.parse(number, None)
    except InvalidNumber:
        return "no telephone number"
    if parsed.kind in _DEAR_KINDS:
        return _DEAR_KINDS[parsed.kind]
    if parsed.region in _FRAUD_PRONE and parsed.region != region:
        return f"a high-risk number ({_FRAUD_PRONE[parsed.region]})"
    return ""


def is_service_number(raw: str) -> bool:
    """Whether a text is an emergency or service number, with or without a country code."""
    digits = _ONLY_DIGITS.sub("", raw)
    if _SERVICE.fullmatch(digits):
        return True
    rests = (digits.removeprefix(code) for code in _COUNTRY_CODES if digits.startswith(code))
    return any(map(_SERVICE.fullmatch, rests))
