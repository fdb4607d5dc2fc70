from __future__ import annotations

from dataclasses import replace

import pytest

from clientsvia.admin.access.user import GivenUp, email_of, given_up, name_of, refuse_last
from clientsvia.admin.access.visitor import Role
from clientsvia.errors import InvalidInput
from tests.contracts.people import somebody

ADA = somebody("ada", admin=True, acme=Role.OWNER, miller=Role.READER)


def test_a_role_is_given_changed_and_taken_in_one_company() -> None:
    changed = ADA.with_role("miller", Role.OWNER).with_role("globex", Role.MEMBER)

    assert changed.memberships == {
        "acme": Role.OWNER,
        "miller": Role.OWNER,
        "globex": Role.MEMBER,
    }
    assert changed.with_role("acme", None).memberships.keys() == {"miller", "globex"}
    assert ADA.memberships["miller"] is Role.READER


def test_an_address_is_found_however_it_is_typed() -> None:
    assert email_of("  Ada@Acme.Example ") == "ada@acme.example"


@pytest.mark.parametrize(
    "text", ["", "ada", "ada@", "a b@acme.example", f"{'a' * 250}@acme.example"]
)
def test_what_is_no_address_is_refused_with_how_to_write_one(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"ada@example\.com"):
        email_of(text)


def test_a_name_is_one_line() -> None:
    assert name_of("  Ada \n Miller ") == "Ada Miller"
    for wrong in ("", "  ", "a" * 101, "Ada\x07"):
        with pytest.raises(InvalidInput, match="1 to 100 letters"):
            name_of(wrong)


def test_only_what_is_lost_needs_somebody_else() -> None:
    assert given_up(ADA, replace(ADA, name="A")) == GivenUp(admin=False, owned=frozenset())
    assert given_up(ADA, ADA.with_role("acme", None)) == GivenUp(False, frozenset({"acme"}))  # noqa: FBT003 - a row
    assert given_up(ADA, ADA.with_role("miller", None)) == GivenUp(admin=False, owned=frozenset())
    assert given_up(ADA, replace(ADA, admin=False)).admin
    assert given_up(ADA, replace(ADA, disabled=True)) == GivenUp(admin=True, owned=frozenset())
    gone = replace(ADA, disabled=True)
    assert not given_up(gone, replace(gone, admin=False, memberships={}))


def test_who_is_disabled_stands_in_for_nobody() -> None:
    left = GivenUp(admin=True, owned=frozenset({"acme"}))
    bob = somebody("bob", admin=True, acme=Role.OWNER)

    refuse_last(left, [bob])
    with pytest.raises(InvalidInput, match="last administrator"):
        refuse_last(left, [replace(bob, disabled=True)])
    with pytest.raises(InvalidInput, match="last owner of acme"):
        refuse_last(left, [replace(bob, memberships={"acme": Role.MEMBER})])
