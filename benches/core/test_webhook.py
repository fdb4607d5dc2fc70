from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.telephony.form import parse_form
from clientsvia.telephony.signature import verify

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

URL = "https://answers.example/api/twilio/voice"
SIGNATURE = "2NdSOUVYF/4utwWvNwwOEB4Eep0="
BODY = (
    b"AccountSid=AC22222222222222222222222222222222&ApiVersion=2010-04-01"
    b"&CallSid=CA11111111111111111111111111111111&CallStatus=ringing&CallToken=token"
    b"&Called=%2B12395551212&CalledCity=FORT+MYERS&CalledCountry=US&CalledState=FL"
    b"&CalledZip=33901&Caller=%2B12393334444&CallerCity=NAPLES&CallerCountry=US&CallerState=FL"
    b"&CallerZip=34102&Direction=inbound&From=%2B12393334444&FromCity=NAPLES&FromCountry=US"
    b"&FromState=FL&FromZip=34102&StirVerstat=TN-Validation-Passed-A&To=%2B12395551212"
    b"&ToCity=FORT+MYERS&ToCountry=US&ToState=FL&ToZip=33901"
)


def test_parse_form(benchmark: BenchmarkFixture) -> None:
    form = benchmark(parse_form, BODY)
    assert len(form) == 27
    assert form.get("CalledCity") == "FORT MYERS"


def test_verify(benchmark: BenchmarkFixture) -> None:
    form = parse_form(BODY)
    assert benchmark(verify, "12345", URL, form, SIGNATURE) is True
    assert not verify("12345", URL, form, SIGNATURE.lower())
