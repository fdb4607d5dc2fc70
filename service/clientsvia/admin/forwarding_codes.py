"""The codes that forward an existing line to a company's number, and end that again.

They are dialled on the line itself. Carriers differ: what is here works with most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.errors import InvalidNumber
from clientsvia.telephony.numbers import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Code:
    """What is dialled on a line: ``begin`` forwards it, ``end`` takes that back."""

    line: str
    when: str
    begin: str
    end: str
    note: str = ""


_GSM = (
    ("nobody answers within 20 seconds", "**61*{}**20#", "##61#"),
    ("it is busy", "**67*{}#", "##67#"),
    ("it is off or out of reach", "**62*{}#", "##62#"),
    ("it is called at all", "**21*{}#", "##21#"),
)
_LANDLINE = (
    ("nobody answers", "*92 {}", "*93"),
    ("it is busy", "*90 {}", "*91"),
    ("it is called at all", "*72 {}", "*73"),
)
_VERIZON = (
    ("nobody answers, or it is busy", "*71 {}", "*73"),
    ("it is called at all", "*72 {}", "*73"),
)


def forwarding_codes(number: str) -> Sequence[Code]:
    """The codes for lines in this number's country, with the number in them."""
    return list(_codes(number))


def _codes(number: str) -> Iterator[Code]:
    for when, begin, end in _GSM:
        note = "Call after dialling; the telephone says whether it was taken."
        yield Code("Mobile (GSM, most carriers)", when, begin.format(number), end, note)
    if digits := _north_american(number):
        for when, begin, end in _VERIZON:
            yield Code("Mobile (Verizon)", when, begin.format(digits), end)
        for when, begin, end in _LANDLINE:
            note = "Wait for a tone after the code, then dial the number."
            yield Code("Landline in the US or Canada", when, begin.format(digits), end, note)


def _north_american(number: str) -> str:
    """The ten digits of such a number; empty for any other."""
    try:
        parse(number)
    except InvalidNumber:
        return ""
    return number[2:] if number.startswith("+1") else ""
