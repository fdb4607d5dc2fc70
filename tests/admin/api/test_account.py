from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.access.passwords import Passwords
from tests.admin.desk import PASSWORD

if TYPE_CHECKING:
    from tests.admin.desk import Desk


async def token_of(desk: Desk, **fields: object) -> str:
    made = await desk.api("POST", "/account/tokens", json={"name": "ci"} | fields)
    assert made.status_code == 201
    return str(made.json["token"])


async def test_an_account_says_who_asks_and_what_a_token_may(desk: Desk) -> None:
    own = await desk.api("GET", "/account")
    token = {"Authorization": f"Bearer {await token_of(desk, need='edit')}"}
    by_token = await desk.api("GET", "/account", as_="stranger", headers=token)

    assert own.json["email"] == by_token.json["email"] == "owner@acme.example"
    assert own.json["companies"] == {"demo": "owner"}
    assert (own.json["at_most"], by_token.json["at_most"]) == ("operate", "edit")


async def test_a_token_changes_nothing_of_the_account_it_belongs_to(desk: Desk) -> None:
    headers = {"Authorization": f"Bearer {await token_of(desk, need='manage')}"}
    asked = [
        ("PATCH", "/account", {"name": "Mallory"}),
        ("PUT", "/account/password", {"old": PASSWORD, "new": "quite another passphrase"}),
        ("GET", "/account/sessions", None),
        ("DELETE", "/account/sessions", None),
        ("DELETE", "/account/sessions/x", None),
        ("GET", "/account/tokens", None),
        ("POST", "/account/tokens", {"name": "grown", "need": "manage"}),
        ("DELETE", "/account/tokens/x", None),
    ]

    for method, path, body in asked:
        answer = await desk.api(method, path, json=body, as_="stranger", headers=headers)
        assert answer.status_code == 403, (method, path)
        assert "sign in for this" in answer.json["detail"]


async def test_a_name_is_changed(desk: Desk) -> None:
    answer = await desk.api("PATCH", "/account", json={"name": "Ada Miller"})

    assert answer.json["name"] == "Ada Miller"


async def test_a_password_is_changed_for_who_knows_the_present_one(desk: Desk) -> None:
    kept = await Passwords().hash(PASSWORD)
    await desk.services.stores.access.users.set_password_hash("owner", kept)
    wanted = {"old": "not my passphrase", "new": "quite another passphrase"}

    wrong = await desk.api("PUT", "/account/password", json=wanted)
    right = await desk.api("PUT", "/account/password", json=wanted | {"old": PASSWORD})

    assert (wrong.status_code, right.status_code) == (422, 204)
    assert "passphrase" not in wrong.text


async def test_who_guesses_a_password_is_told_when_to_try_again(desk: Desk) -> None:
    wanted = {"old": "not my passphrase", "new": "quite another passphrase"}
    for _ in range(5):
        await desk.api("PUT", "/account/password", json=wanted)

    answer = await desk.api("PUT", "/account/password", json=wanted)

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1


async def test_sessions_are_listed_and_ended(desk: Desk) -> None:
    await desk.services.access.signing_in.begin("owner", address="203.0.113.9", device="phone")

    listed = (await desk.api("GET", "/account/sessions")).json["items"]
    (other,) = (one for one in listed if not one["this"])
    ended = await desk.api("DELETE", f"/account/sessions/{other['id']}")

    assert other["device"] == "phone"
    assert ended.status_code == 204
    assert [one["this"] for one in (await desk.api("GET", "/account/sessions")).json["items"]] == [
        True
    ]
    assert (await desk.api("DELETE", "/account/sessions")).status_code == 204
    assert await desk.services.access.signing_in.sessions_of("owner") == []


async def test_a_token_is_shown_once_and_ended(desk: Desk) -> None:
    token = await token_of(desk, need="read", companies=["demo"], days=7)

    listed = await desk.api("GET", "/account/tokens")
    ended = await desk.api("DELETE", f"/account/tokens/{listed.json['items'][0]['id']}")

    assert token not in listed.text
    assert listed.json["items"][0]["companies"] == ["demo"]
    assert ended.status_code == 204
    assert await desk.services.access.tokens.visitor(token) is None


async def test_a_token_that_would_do_more_than_its_user_is_refused(desk: Desk) -> None:
    for wanted in ({"companies": ["globex"]}, {"need": "operate"}, {"days": 400}, {"name": ""}):
        answer = await desk.api("POST", "/account/tokens", json={"name": "ci"} | wanted)
        assert answer.status_code == 422, wanted
