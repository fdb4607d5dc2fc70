from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from twilio.request_validator import RequestValidator

from benches.race import Goal, calling
from benches.webhook import BODY, SIGNATURE, TOKEN, URL
from clientsvia.telephony.form import parse_form
from clientsvia.telephony.signature import verify

if TYPE_CHECKING:
    from benches.race import Race


def test_parse_form(race: Race) -> None:
    contestants = {
        "clientsvia": calling(parse_form, BODY),
        "urllib parse_qsl": calling(lambda body: parse_qsl(body, keep_blank_values=True), BODY),
    }
    race("form of 27 parameters", contestants, check=lambda form: len(form) == 27)
    assert parse_form(BODY).pairs() == [
        (name.decode(), value.decode()) for name, value in parse_qsl(BODY)
    ]


def test_verify(race: Race) -> None:
    form = parse_form(BODY)
    validate = RequestValidator(TOKEN).validate
    contestants = {
        "clientsvia": calling(verify, TOKEN, URL, form, SIGNATURE),
        "twilio-python": calling(validate, URL, dict(form.pairs()), SIGNATURE),
    }
    race("verify 27 parameters", contestants, expected=True, goal=Goal(ns=3_000))
    assert not verify(TOKEN, URL, form, SIGNATURE.lower())
