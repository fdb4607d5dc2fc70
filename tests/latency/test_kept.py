from __future__ import annotations

from clientsvia.latency.kept import Kept


def test_what_was_put_first_goes_when_all_is_too_much() -> None:
    kept: Kept[str, int] = Kept(10)
    for name, size in (("a", 4), ("b", 4), ("c", 4)):
        kept.put(name, 1, size)
    assert [kept.get(name) for name in "abc"] == [None, 1, 1]


def test_a_value_is_put_in_place_of_the_one_before() -> None:
    kept: Kept[str, int] = Kept(10)
    for value in range(3):
        kept.put("a", value, 9)
    assert kept.get("a") == 2


def test_what_is_larger_than_all_room_is_not_kept() -> None:
    kept: Kept[str, int] = Kept(10)
    kept.put("a", 1, 11)
    kept.put("b", 2, 10)
    assert (kept.get("a"), kept.get("b")) == (None, 2)
