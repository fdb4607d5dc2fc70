from __future__ import annotations

from urllib.parse import quote

from clientsvia.admin.access.secret_tokens import digest_of, form_token_of, new_id, new_token


def test_every_token_is_another_and_may_stand_in_a_url() -> None:
    made = {new_token("cv_") for _ in range(100)}

    assert len(made) == len({new_id() for _ in range(100)}) == 100
    assert all(token.startswith("cv_") and len(token) == 46 for token in made)
    assert all(quote(token, safe="") == token for token in made)


def test_a_digest_tells_its_token_again_and_nothing_of_it() -> None:
    token = new_token()

    assert digest_of(token) == digest_of(token) != digest_of(new_token())
    assert token not in digest_of(token)
    assert len(digest_of("\udcff what no browser sends")) == 64


def test_what_forms_bring_is_no_session_and_not_what_is_kept_of_it() -> None:
    token = new_token()

    assert form_token_of(token) not in {token, digest_of(token), form_token_of(new_token())}
