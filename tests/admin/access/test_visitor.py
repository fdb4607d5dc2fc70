from __future__ import annotations

import pytest

from clientsvia.admin.access.visitor import Need, Role, Visitor

OWNER = Visitor("1", "o@acme.example", "O", admin=False, roles={"acme": Role.OWNER}, session="s")
ADMIN = Visitor("2", "a@host.example", "A", admin=True, session="s")


@pytest.mark.parametrize(
    ("role", "most"),
    [(Role.READER, Need.READ), (Role.MEMBER, Need.EDIT), (Role.OWNER, Need.MANAGE)],
)
def test_a_role_allows_what_it_is_for_and_no_more(role: Role, most: Need) -> None:
    visitor = Visitor("1", "x@acme.example", "X", admin=False, roles={"acme": role})

    assert [need for need in Need if visitor.may(need, "acme")] == [n for n in Need if n <= most]


def test_a_foreign_company_does_not_exist_for_an_owner_of_another() -> None:
    assert OWNER.sees("acme")
    assert not OWNER.sees("globex")
    assert not OWNER.may(Need.READ, "globex")


def test_an_administrator_may_do_everything_everywhere() -> None:
    assert all(ADMIN.may(need, "globex") for need in Need)


def test_only_an_administrator_operates_the_platform() -> None:
    assert not OWNER.may(Need.OPERATE, "acme")
    assert not OWNER.may(Need.OPERATE)


def test_a_token_does_no_more_than_it_was_made_for() -> None:
    token = Visitor("2", "a@host.example", "ci", admin=True, at_most=Need.READ)

    assert token.may(Need.READ, "acme")
    assert not token.may(Need.EDIT, "acme")


def test_a_token_of_one_company_reaches_no_other_of_its_user() -> None:
    token = Visitor("2", "a@host.example", "ci", admin=True, only=frozenset({"acme"}))

    assert token.sees("acme")
    assert not token.sees("globex")


def test_a_token_of_some_companies_operates_no_platform() -> None:
    token = Visitor("2", "a@host.example", "ci", admin=True, only=frozenset({"acme"}))

    assert not token.may(Need.OPERATE)
    assert token.may(Need.ACCOUNT)


def test_history_tells_a_token_from_its_user() -> None:
    token = Visitor("1", "o@acme.example", "ci", admin=False)

    assert OWNER.by == "o@acme.example"
    assert token.by == "o@acme.example (API token ci)"
