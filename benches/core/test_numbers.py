from __future__ import annotations

from typing import TYPE_CHECKING

import phonenumbers
import pytest

from benches.race import Goal, calling
from benches.webhook import CALLED
from clientsvia.telephony.numbers import normalize

if TYPE_CHECKING:
    from benches.race import Race


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
