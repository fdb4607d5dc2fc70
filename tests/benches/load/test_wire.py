from __future__ import annotations

from benches.load.wire import requests
from benches.webhook import TOKEN, URL
from clientsvia.telephony.form import parse_form
from clientsvia.telephony.signature import verify


def test_requests_are_signed_and_each_is_another_call() -> None:
    made = requests(10, companies=4)
    forms = []
    for request in made:
        head, _, body = request.sent.partition(b"\r\n\r\n")
        fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
        assert int(fields[b"Content-Length"]) == len(body)
        form = parse_form(body)
        assert len(form) == 27
        assert verify(TOKEN, URL, form, fields[b"X-Twilio-Signature"].decode())
        forms.append(form)
    assert len({form.get("CallSid") for form in forms}) == 10
    assert len({form.get("Caller") for form in forms}) == 10
    assert len({form.get("Called") for form in forms}) == 4
