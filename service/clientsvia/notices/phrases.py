"""How notices write numbers, moments and what callers said."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clientsvia.errors import InvalidNumber
from clientsvia.telephony.numbers import parse, redact

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.company import Company

HIDDEN = "a hidden number"
_E164 = re.compile(r"\+\d{7,15}")


def number_of(company: Company, raw: str) -> str:
    """A number as the company's people write it; what is none, as a hidden one."""
    try:
        number = parse(raw, company.region)
    except InvalidNumber:
        return HIDDEN
    return number.national if number.region == company.region else number.international


def link_to(company: Company, raw: str) -> str:
    """What a telephone dials when it is touched; empty for what is no number."""
    try:
        return f"tel:{parse(raw, company.region).e164}"
    except InvalidNumber:
        return ""


def moment(company: Company, at: datetime) -> str:
    """A moment on the company's clock, as in ``Wednesday, 18 November 2026, 10:00 EST``."""
    local = company.hours.local(at)
    return f"{local:%A}, {local.day} {local:%B %Y, %H:%M %Z}"


def clock(company: Company, at: datetime) -> str:
    """The time of day alone."""
    return f"{company.hours.local(at):%H:%M}"


def without_numbers(text: str) -> str:
    """Text in which channels may repeat the numbers they were given, with these shortened."""
    return _E164.sub(lambda number: redact(number[0]), text)


def one_line(text: str, longest: int) -> str:
    """Text of others without line ends and control characters, cut where it is too long."""
    words = "".join(char if char.isprintable() else " " for char in text).split()
    line = " ".join(words)
    return line if len(line) <= longest else line[: longest - 3].rstrip() + "..."
