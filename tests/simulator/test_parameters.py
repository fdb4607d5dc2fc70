from __future__ import annotations

import re

from clientsvia.simulator.parameters import Identifiers, call_parameters, child_parameters
from tests.simulator.webhook_server import seeded


def parameters(**overrides: str | None) -> dict[str, str]:
    identifiers = Identifiers(None)
    return call_parameters(
        call_sid=identifiers.sid("CA"),
        account_sid=identifiers.sid("AC"),
        caller="+12125550100",
        called="+12395551212",
        call_token=identifiers.call_token(),
        overrides=overrides,
    )


def test_a_call_has_27_parameters() -> None:
    sent = parameters()
    assert len(sent) == 27
    assert re.fullmatch("CA[0-9a-f]{32}", sent["CallSid"])
    assert re.fullmatch("AC[0-9a-f]{32}", sent["AccountSid"])
    assert (sent["From"], sent["To"]) == (sent["Caller"], sent["Called"])
    assert (sent["FromCity"], sent["CallerState"]) == ("NEW YORK", "NY")
    assert (sent["ToCity"], sent["CalledZip"]) == ("NAPLES", "34102")
    assert (sent["CallStatus"], sent["Direction"]) == ("ringing", "inbound")


def test_parameters_can_be_replaced_added_and_removed() -> None:
    sent = parameters(From="anonymous", To=None, ForwardedFrom="+1999")
    assert sent["From"] == "anonymous"
    assert "To" not in sent
    assert sent["ForwardedFrom"] == "+1999"


def test_a_child_leg_is_called_at_the_target_and_names_its_parent() -> None:
    parent = parameters()
    child = child_parameters(parent, call_sid="CA1", caller="+12125550100", called="+12395550142")
    assert child["ParentCallSid"] == parent["CallSid"]
    assert child["AccountSid"] == parent["AccountSid"]
    assert (child["To"], child["Called"]) == ("+12395550142", "+12395550142")
    assert child["Direction"] == "outbound-dial"


def test_equal_seeds_make_equal_identifiers_and_no_seed_makes_new_ones() -> None:
    assert Identifiers(seeded(1)).sid("CA") == Identifiers(seeded(1)).sid("CA")
    assert Identifiers(None).sid("CA") != Identifiers(None).sid("CA")
    assert re.fullmatch(
        r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Identifiers(seeded(1)).idempotency_token()
    )
