from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.access import throttle as module
from clientsvia.admin.access.throttle import Throttle
from clientsvia.errors import SignInRefused

if TYPE_CHECKING:
    import pytest

    from tests.notices.samples import Clock

ADA, HOME = "ada@acme.example", "192.0.2.7"


def wait(throttle: Throttle, email: str = ADA, address: str = HOME) -> float:
    """How long one more attempt is to wait; 0 when it was taken."""
    try:
        throttle.begin(email, address)
    except SignInRefused as refused:
        return refused.retry_after
    return 0


def test_attempts_at_one_user_become_slower_wherever_they_come_from(clock: Clock) -> None:
    throttle, waits = Throttle(clock), []
    for number in range(14):
        waits.append(wait(throttle, address=f"198.51.100.{number}"))
        if waits[-1]:
            clock.move(seconds=waits[-1])
            assert wait(throttle, address=f"203.0.113.{number}") == 0
    assert waits == [0, 0, 0, 0, 0, 2, 3, 5, 9, 17, 33, 61, 61, 61]


def test_attempts_from_one_address_become_slower_whomever_they_are_at(clock: Clock) -> None:
    throttle = Throttle(clock)

    assert [wait(throttle, f"{n}@acme.example") for n in range(20)] == [0] * 20
    assert wait(throttle, "20@acme.example") == 2
    assert wait(throttle, "20@acme.example", "198.51.100.7") == 0


def test_who_waits_makes_it_no_longer_by_asking(clock: Clock) -> None:
    throttle = Throttle(clock)
    for _ in range(50):
        wait(throttle)
    clock.move(seconds=2)
    assert wait(throttle) == 0


def test_a_household_has_one_address(clock: Clock) -> None:
    throttle = Throttle(clock)
    for number in range(20):
        wait(throttle, f"{number}@acme.example", f"2001:db8:1:2::{number:x}")

    assert wait(throttle, "x@acme.example", "2001:db8:1:2:ffff::1") > 0
    assert wait(throttle, "x@acme.example", "2001:db8:1:3::1") == 0


def test_an_address_written_in_the_longer_way_is_the_same(clock: Clock) -> None:
    throttle = Throttle(clock)
    for number in range(20):
        wait(throttle, f"{number}@acme.example", f"::ffff:{HOME}")

    assert wait(throttle, "x@acme.example") > 0
    assert wait(throttle, "y@acme.example", "unknown") == 0


def test_who_has_one_password_cannot_guess_others_by_it(clock: Clock) -> None:
    throttle = Throttle(clock)
    for number in range(20):
        throttle.begin("eve@acme.example", HOME)
        throttle.succeeded("eve@acme.example", HOME)
        wait(throttle, f"{number}@acme.example")

    assert wait(throttle, "eve@acme.example") > 0


def test_a_right_password_makes_amends_for_wrong_ones(clock: Clock) -> None:
    throttle = Throttle(clock)
    for _ in range(5):
        throttle.begin(ADA, HOME)
    throttle.succeeded(ADA, HOME)

    assert [wait(throttle) for _ in range(5)] == [0] * 5


def test_a_day_later_it_is_forgotten(clock: Clock) -> None:
    throttle = Throttle(clock)
    for _ in range(5):
        wait(throttle)
    clock.move(days=1, seconds=1)

    assert [wait(throttle) for _ in range(6)] == [0, 0, 0, 0, 0, 2]


def test_what_is_kept_has_an_end(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_KEPT", 10)
    throttle = Throttle(clock)
    for _ in range(5):
        wait(throttle, address="")
    assert wait(throttle, address="") > 0
    for number in range(10):
        wait(throttle, f"{number}@acme.example", address="")

    assert wait(throttle, address="") == 0
