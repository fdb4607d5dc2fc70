"""The voice webhook that benches, gate and load send: 27 parameters, signed like Twilio's."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlencode

from clientsvia.telephony.form import parse_form
from clientsvia.telephony.signature import sign

if TYPE_CHECKING:
    from collections.abc import Iterator

ORIGIN = "https://answers.example"
PATH = "/api/twilio/voice"
URL = ORIGIN + PATH
ACCOUNT = "AC" + "2" * 32
TOKEN = "12345"
CALLED = "+12395551212"
CALLER = "+12393334444"
CALL = "CA" + "1" * 32
PLACES = {
    "Called": ("FORT MYERS", "33901"),
    "Caller": ("NAPLES", "34102"),
    "From": ("NAPLES", "34102"),
    "To": ("FORT MYERS", "33901"),
}


def parameters(call: str = CALL, caller: str = CALLER, called: str = CALLED) -> dict[str, str]:
    """The parameters of one ringing call, in Twilio's order."""
    fields = {
        "AccountSid": ACCOUNT,
        "ApiVersion": "2010-04-01",
        "CallSid": call,
        "CallStatus": "ringing",
        "CallToken": "token",
        "Direction": "inbound",
        "StirVerstat": "TN-Validation-Passed-A",
    }
    for party, number in (("Called", called), ("Caller", caller), ("From", caller), ("To", called)):
        city, code = PLACES[party]
        fields |= {
            party: number,
            f"{party}City": city,
            f"{party}Country": "US",
            f"{party}State": "FL",
            f"{party}Zip": code,
        }
    return dict(sorted(fields.items()))


_FORM = urlencode(parameters("CALL_", "CALLER_", "CALLED_")).encode()


def signed(call: str, caller: str, called: str) -> tuple[bytes, str]:
    """A webhook's body and its signature."""
    body = _FORM
    for place, value in (("CALL_", call), ("CALLER_", caller), ("CALLED_", called)):
        body = body.replace(place.encode(), quote_plus(value).encode())
    return body, sign(TOKEN, URL, parse_form(body))


def numbers(first: int, count: int) -> Iterator[str]:
    """``count`` valid E.164 numbers of Fort Myers, from the ``first``-th on."""
    # 239 is the area; exchanges from 200 on are valid, 555 is left to the demo company.
    for at in range(first, first + count):
        yield f"+1239{2_600_000 + at}"


BODY, SIGNATURE = signed(CALL, CALLER, CALLED)
