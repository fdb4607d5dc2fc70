from __future__ import annotations

import base64

from clientsvia.notices.signing import WebhookSecrets

OLD, NEW = b"o" * 32, b"n" * 32


def test_a_secret_is_a_companys_own_and_stays_as_it_is() -> None:
    (acme,) = WebhookSecrets([NEW]).of("acme")
    assert WebhookSecrets([NEW]).of("acme") == [acme]
    assert WebhookSecrets([NEW]).of("miller") != [acme]
    assert len(base64.b64decode(acme.removeprefix("whsec_"))) == 32


def test_while_keys_are_changed_both_sign_the_newest_first() -> None:
    new, old = WebhookSecrets([NEW, OLD]).of("acme")
    assert WebhookSecrets([NEW]).of("acme") == [new]
    assert WebhookSecrets([OLD]).of("acme") == [old]
    both = WebhookSecrets([NEW, OLD]).headers("acme", "id", 1, b"{}")["webhook-signature"]
    each = [WebhookSecrets([k]).headers("acme", "id", 1, b"{}") for k in (NEW, OLD)]
    assert both == " ".join(one["webhook-signature"] for one in each)


def test_a_signature_is_as_standard_webhooks_has_it() -> None:
    """The example of its specification: the id, the second and the body, apart by full stops."""
    signed = WebhookSecrets([NEW]).headers("acme", "msg_1", 1614265330, b'{"test": 2432232314}')
    assert signed["webhook-id"] == "msg_1"
    assert signed["webhook-timestamp"] == "1614265330"
    assert signed["webhook-signature"].startswith("v1,")
    assert len(base64.b64decode(signed["webhook-signature"].removeprefix("v1,"))) == 32


def test_every_part_of_it_is_signed() -> None:
    secrets = WebhookSecrets([NEW])
    signatures = {
        secrets.headers(*given)["webhook-signature"]
        for given in (
            ("acme", "id", 1, b"{}"),
            ("miller", "id", 1, b"{}"),
            ("acme", "id2", 1, b"{}"),
            ("acme", "id", 2, b"{}"),
            ("acme", "id", 1, b"{ }"),
        )
    }
    assert len(signatures) == 5
