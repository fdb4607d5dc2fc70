from __future__ import annotations

import pytest

from clientsvia.simulator.document import parse
from clientsvia.simulator.schema import rules, warnings


def warned(verbs: str) -> list[str]:
    return list(warnings(parse(f"<Response>{verbs}</Response>".encode())))


def test_the_rules_know_every_attribute_twilio_python_writes() -> None:
    assert sum(len(rule.attributes) for rule in rules().values()) == 298
    assert rules()["Gather"].children == {"Say", "Play", "Pause"}


def test_a_good_document_has_no_warning() -> None:
    assert not warned(
        '<Gather input="dtmf speech" action="/a" timeout="5" bargeIn="true" method="POST" '
        'speechTimeout="auto"><Say voice="Polly.Joanna-Neural"><prosody rate="90%">Hi'
        '</prosody></Say><Pause length="1"/></Gather><Redirect method="POST">/b</Redirect>'
    )


@pytest.mark.parametrize(
    ("verbs", "warning"),
    [
        ("<Sya>hi</Sya>", "<Sya> is not known inside <Response>"),
        ("<say>hi</say>", "<say> is not known inside <Response>"),
        ('<Say voices="x">hi</Say>', "<Say> has no attribute voices"),
        ("<Gather><Gather/></Gather>", "<Gather> is not known inside <Gather>"),
        ("<Number>+1</Number>", "<Number> is not known inside <Response>"),
        ('<Gather input="voice"/>', "<Gather input='voice'> is no value of that attribute"),
        ('<Gather method="PUT"/>', "<Gather method='PUT'> is no value of that attribute"),
        ('<Gather timeout="5s"/>', "<Gather timeout='5s'> is no value of that attribute"),
        (
            '<Pause length="9999999999"/>',
            "<Pause length='9999999999'> is no value of that attribute",
        ),
        ('<Gather bargeIn="yes"/>', "<Gather bargeIn='yes'> is no value of that attribute"),
        ('<Say voice="Rachel">a</Say>', "<Say voice='Rachel'> is no value of that attribute"),
        ('<Gather speechModel="x"/>', "<Gather speechModel='x'> is no value of that attribute"),
        ('<Reject reason="rude"/>', "<Reject reason='rude'> is no value of that attribute"),
    ],
)
def test_what_the_schema_does_not_know_is_warned_of(verbs: str, warning: str) -> None:
    assert warned(verbs) == [warning]
