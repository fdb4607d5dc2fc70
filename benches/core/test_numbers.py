from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import phonenumbers
import pytest

from benches.race import Goal, calling
from benches.webhook import CALLED
from clientsvia.telephony.numbers import classify, normalize

if TYPE_CHECKING:
    from collections.abc import Callable

    from benches.race import Loop, Race

MIX = Path(__file__).with_name("mix.tsv")
ERRORS = {
    phonenumbers.NumberParseException.INVALID_COUNTRY_CODE: "INVALID_COUNTRY_CODE",
    phonenumbers.NumberParseException.NOT_A_NUMBER: "NOT_A_NUMBER",
    phonenumbers.NumberParseException.TOO_SHORT_AFTER_IDD: "TOO_SHORT_AFTER_IDD",
    phonenumbers.NumberParseException.TOO_SHORT_NSN: "TOO_SHORT_NSN",
    phonenumbers.NumberParseException.TOO_LONG: "TOO_LONG",
}


def _with_phonenumbers(raw: str) -> str:
    number = phonenumbers.parse(raw, "US")
    if not phonenumbers.is_valid_number(number):
        raise ValueError(raw)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@pytest.mark.parametrize(("raw", "goal_ns"), [(CALLED, 35), ("(239) 555-1212", 70)])
def test_normalize(race: Race, raw: str, goal_ns: int) -> None:
    contestants = {
        "clientsvia": calling(normalize, raw),
        "phonenumbers": calling(_with_phonenumbers, raw),
    }
    race(f"normalize {raw}", contestants, expected=CALLED, goal=Goal(ns=goal_ns))


def _label(raw: str, region: str) -> str:
    try:
        number = phonenumbers.parse(raw, region)
    except phonenumbers.NumberParseException as error:
        return f"error:{ERRORS[error.error_type]}"
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if phonenumbers.is_valid_number(number):
        return e164
    return f"{'possible' if phonenumbers.is_possible_number(number) else 'invalid'}:{e164}"


def _walking(label: Callable[[str, str], str], lines: list[list[str]]) -> Loop:
    walk = cycle(lines)

    def loop(calls: int) -> str:
        labelled = ""
        for region, raw, _ in islice(walk, calls):
            labelled = label(raw, region)
        return labelled

    return loop


def test_classify_a_nasty_mix(race: Race) -> None:
    lines = [line.split("\t") for line in MIX.read_text(encoding="utf-8").splitlines()]
    for region, raw, label in lines:
        assert classify(raw, region) == _label(raw, region) == label
    contestants = {
        "clientsvia": _walking(classify, lines),
        "phonenumbers": _walking(_label, lines),
    }
    labels = {label for _, _, label in lines}
    race("classify a nasty mix", contestants, check=lambda label: label in labels)
