from __future__ import annotations

from clientsvia.admin.webhook_urls import endpoints, instructions

ORIGIN = "https://answers.example"
FALLBACK = "https://handler.twilio.com/twiml/EH1"


def test_the_four_of_the_documentation_come_first_then_fallback_and_status() -> None:
    assert [(one.url.removeprefix(ORIGIN), one.method) for one in endpoints(ORIGIN)] == [
        ("/api/twilio/voice", "POST"),
        ("/api/twilio/handle-speech", "POST"),
        ("/api/twilio/partial-speech", "POST"),
        ("/api/twilio/speech-timing-test", "POST"),
        ("/api/twilio/fallback", "POST"),
        ("/api/twilio/status", "POST"),
    ]
    assert all(one.purpose.endswith(".") for one in endpoints(ORIGIN))


def test_each_that_is_entered_at_twilio_is_in_the_steps_of_both_wordings() -> None:
    entered = [one for one in endpoints(ORIGIN) if one.field]
    assert [one.name for one in entered] == ["voice", "fallback", "status"]
    for wording in instructions(ORIGIN):
        for one in entered:
            (step,) = (step for step in wording.steps if f"{one.url}, HTTP {one.method}" in step)
            assert step.casefold().startswith(one.field.casefold())


def test_the_steps_name_the_number_and_a_fallback_of_the_companys_own() -> None:
    for wording in instructions(ORIGIN, "+12395551212", FALLBACK):
        text = "\n".join(wording.steps)
        assert "+12395551212" in text
        assert FALLBACK in text
        assert "/api/twilio/fallback" not in text
