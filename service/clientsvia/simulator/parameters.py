"""The parameters Twilio sends about a call, and the identifiers it invents."""

from __future__ import annotations

import itertools
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

_PLACES = {
    "+1239": ("NAPLES", "FL", "34102"),
    "+1212": ("NEW YORK", "NY", "10001"),
    "+1415": ("SAN FRANCISCO", "CA", "94105"),
}
_SIDES = ("From", "To", "Caller", "Called")


class Identifiers:
    """Makes SIDs and tokens: equal ones for equal seeds, new ones without a seed."""

    def __init__(self, rng: Random | None) -> None:
        self._rng = rng

    def sid(self, prefix: str) -> str:
        """A SID: two letters and 32 hexadecimal digits."""
        return prefix + self._hexadecimal(128)

    def idempotency_token(self) -> str:
        """A token of the shape of a UUID."""
        digits = self._hexadecimal(128)
        cuts = (0, 8, 12, 16, 20, 32)
        return "-".join(digits[start:end] for start, end in itertools.pairwise(cuts))

    def call_token(self) -> str:
        """An opaque token that vouches for the caller's number."""
        return self._hexadecimal(512)

    def _hexadecimal(self, bits: int) -> str:
        number = self._rng.getrandbits(bits) if self._rng else secrets.randbits(bits)
        return f"{number:0{bits // 4}x}"


def call_parameters(
    *,
    call_sid: str,
    account_sid: str,
    caller: str,
    called: str,
    call_token: str,
    overrides: Mapping[str, str | None],
) -> dict[str, str]:
    """All 27 parameters of an inbound call; ``overrides`` replaces some, None removes them."""
    parameters: dict[str, str | None] = {
        "AccountSid": account_sid,
        "ApiVersion": "2010-04-01",
        "CallSid": call_sid,
        "CallStatus": "ringing",
        "CallToken": call_token,
        "Direction": "inbound",
        "StirVerstat": "TN-Validation-Passed-A" if caller.startswith("+1") else None,
    }
    for side, number in zip(_SIDES, (caller, called, caller, called), strict=True):
        parameters[side] = number
        parameters |= _place(side, number)
    parameters |= overrides
    return {name: value for name, value in parameters.items() if value is not None}


def child_parameters(
    parent: Mapping[str, str], *, call_sid: str, caller: str, called: str
) -> dict[str, str]:
    """The parameters of a leg dialled from the call ``parent``."""
    kept = {name: parent[name] for name in ("AccountSid", "ApiVersion") if name in parent}
    sides = zip(_SIDES, (caller, called, caller, called), strict=True)
    places = {name: value for side, number in sides for name, value in _named(side, number).items()}
    return {
        **kept,
        **places,
        "CallSid": call_sid,
        "ParentCallSid": parent.get("CallSid", ""),
        "CallStatus": "in-progress",
        "Direction": "outbound-dial",
    }


def _named(side: str, number: str) -> dict[str, str]:
    return {side: number, **_place(side, number)}


def _place(side: str, number: str) -> dict[str, str]:
    """City, state, zip and country of one side: empty where the number tells nothing."""
    city, state, code = _PLACES.get(number[:5], ("", "", ""))
    country = "US" if number.startswith("+1") else ""
    return {
        f"{side}City": city,
        f"{side}State": state,
        f"{side}Zip": code,
        f"{side}Country": country,
    }
