"""Forged requests: genuine ones, with one thing changed each.

``SIGNATURE_MUTATIONS=1000000 pytest tests/telephony/test_signature_mutations.py`` tries a million.
"""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, replace
from hashlib import sha256
from urllib.parse import urlencode

from clientsvia.telephony.form import parse_form
from clientsvia.telephony.signature import sign, verify

COUNT = int(os.environ.get("SIGNATURE_MUTATIONS", "5000"))
SHAPES = 4
LETTERS = "abcXYZ0189-_~.+ %&=é😀"
CALL = (
    ("AccountSid", "AC22222222222222222222222222222222"),
    ("CallSid", "CA11111111111111111111111111111111"),
    ("Called", "+12395551212"),
    ("Caller", "+12393334444"),
    ("Empty", ""),
    ("SpeechResult", "do you take walk-ins on Saturday? 😀"),
    ("Tag", "one"),
    ("Tag", "two"),
)
URL = "https://answers.example/api/twilio/handle-speech?state=eyJ0dXJuIjoxfQ.c2ln&x=1"


@dataclass(frozen=True)
class Request:
    """What a verifier is asked about."""

    token: str
    url: str
    call: tuple[tuple[str, str], ...]
    signature: str
    sha256: bool

    def accepted(self, shape: int) -> bool:
        """The judgement, with the parameters handed over in one of four shapes."""
        body = urlencode(self.call)
        form = (self.call, parse_form(body), body.encode(), _by_name(self.call))[shape]
        return verify(self.token, self.url, form, self.signature, sha256=self.sha256)

    @property
    def signed(self) -> tuple[str, str, str, bool]:
        """What the signature says: no verifier sees where in this text names and values end."""
        text = "".join(f"{name}{value}" for name, value in sorted(set(self.call)))
        return (self.token, self.url + text, self.signature, self.sha256)


def _by_name(call: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for name, value in call:
        names.setdefault(name, []).append(value)
    return names


def _genuine(dice: random.Random) -> Request:
    token = "".join(dice.choices("0123456789abcdef", k=32))
    call = tuple(dice.sample(CALL, dice.randint(0, len(CALL))))
    url = URL.partition("?")[0] if dice.random() < 0.5 else URL
    wide = dice.random() < 0.3
    return Request(token, url, call, sign(token, url, call, sha256=wide), wide)


def _changed_text(text: str, dice: random.Random) -> str:
    at = dice.randint(0, len(text))
    letter = dice.choice(LETTERS)
    kinds = (
        text[:at] + letter + text[at:],
        text[:at] + text[at + 1 :],
        text[:at] + letter + text[at + 1 :],
        text[:at] + text[at : at + 1].swapcase() + text[at + 1 :],
        text[:at],
        text[:at] + text[at : at + 2][::-1] + text[at + 2 :],
    )
    return dice.choice(kinds)


def _changed_call(
    call: tuple[tuple[str, str], ...], dice: random.Random
) -> tuple[tuple[str, str], ...]:
    at = dice.randint(0, len(call))
    added = (_changed_text("Name", dice), _changed_text("value", dice))
    if not call or dice.random() < 0.2:
        return (*call[:at], added, *call[at:])
    at = dice.randrange(len(call))
    name, value = call[at]
    pair = dice.choice(((_changed_text(name, dice), value), (name, _changed_text(value, dice))))
    instead = dice.choice(((), (pair,), (call[at], pair), ((value, name),)))
    return (*call[:at], *instead, *call[at + 1 :])


def _changed(request: Request, dice: random.Random) -> Request:
    """The request with one thing changed; the URL keeps its scheme and host's beginning."""
    what = dice.randrange(6)
    if what == 0:
        return replace(request, token=_changed_text(request.token, dice))
    if what == 1:
        start = len("https://a")
        url = request.url[:start] + _changed_text(request.url[start:], dice)
        return replace(request, url=url)
    if what == 2:
        return replace(request, signature=_changed_text(request.signature, dice))
    if what == 3:
        return replace(request, sha256=not request.sha256)
    return replace(request, call=_changed_call(request.call, dice))


def test_no_mutation_is_accepted_and_no_genuine_request_refused() -> None:
    dice = random.Random(20261124)  # noqa: S311  # nothing here is secret
    tried = 0
    while tried < COUNT:
        genuine = _genuine(dice)
        assert all(genuine.accepted(shape) for shape in range(SHAPES)), genuine
        for shape in range(SHAPES * 4):
            mutation = _changed(genuine, dice)
            same = mutation.signed == genuine.signed
            assert mutation.accepted(shape % SHAPES) == same, (genuine, mutation)
            tried += not same


def test_no_changed_json_is_accepted_and_no_genuine_one_refused() -> None:
    dice = random.Random(20261125)  # noqa: S311  # nothing here is secret
    for _ in range(COUNT // 10):
        body = dice.randbytes(dice.randint(0, 40))
        url = f"{URL}&bodySHA256={sha256(body).hexdigest()}"
        signature = sign("12345", url)
        assert verify("12345", url, body, signature)
        at = dice.randint(0, len(body))
        for other in (body[:at], body[:at] + b"x" + body[at:], body[:at] + b"x" + body[at + 1 :]):
            assert verify("12345", url, other, signature) == (other == body)
        longer = body + b"x"
        forged = f"{URL}&bodySHA256={sha256(longer).hexdigest()}"
        assert not verify("12345", forged, longer, signature)
