from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clientsvia.stores.clip_shelf import Shelf
from tests.clips import clip

LIMIT = 800
STAYING = 700


def filled(*clips: tuple[str, str, int]) -> Shelf:
    shelf = Shelf(LIMIT)
    for owner, sentence, size in clips:
        shelf.add(clip(owner, sentence), size)
    return shelf


def test_nothing_goes_while_there_is_room() -> None:
    assert filled(("a", "one", 300)).surplus(400) == {}


def test_the_least_recently_used_goes_first() -> None:
    shelf = filled(("a", "one", 300), ("a", "two", 300))
    assert shelf.use(clip("a", "one"))
    assert shelf.surplus(200) == {clip("a", "two"): 300}
    assert clip("a", "two") not in shelf
    assert shelf.total == 300


def test_who_holds_most_gives_way() -> None:
    shelf = filled(("small", "old", 100), ("large", "one", 250), ("large", "two", 250))
    assert list(shelf.surplus(200)) == [clip("large", "one")]


def test_adding_again_counts_once() -> None:
    shelf = filled(("a", "one", 300), ("a", "one", 200))
    assert shelf.total == 200
    assert shelf.sizes(clip("a", "one")[:16]) == {clip("a", "one"): 200}


def test_what_is_not_there_is_neither_used_nor_dropped() -> None:
    shelf = filled(("a", "one", 1))
    assert not shelf.use(clip("a", "two"))
    assert shelf.drop(clip("b", "one")) == 0
    assert shelf.owners() == [clip("a", "one")[:16]]
    shelf.drop(clip("a", "one"))
    assert shelf.owners() == []


sizes = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(1, 300)), max_size=60)


@given(sizes)
def test_the_limit_holds_and_nobody_below_an_equal_share_loses_anything(
    added: list[tuple[int, int, int]],
) -> None:
    shelf = Shelf(LIMIT)
    for owner, sentence, size in added:
        held = {o: sum(shelf.sizes(o).values()) for o in shelf.owners()}
        gone = shelf.surplus(size)
        shelf.add(clip(str(owner), str(sentence)), size)
        assert shelf.total <= STAYING
        assert shelf.total == sum(sum(shelf.sizes(o).values()) for o in shelf.owners())
        for name in gone:
            assert held[name[:16]] >= (STAYING - size) / max(len(held), 1)
