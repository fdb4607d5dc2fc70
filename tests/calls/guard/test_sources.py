"""What a company wrote, made comparable once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.calls.guard.quantities import Kind, Quantity
from clientsvia.calls.guard.sources import content, names, source, words_of, written

if TYPE_CHECKING:
    from clientsvia.companies.company import Company


def test_a_source_holds_its_quantities_however_asked(demo: Company) -> None:
    (price,) = (found for found in written(demo) if found.id == "price")
    assert price.holds(Quantity(Kind.MONEY, "89"))
    assert not price.holds(Quantity(Kind.MONEY, "98"))


def test_a_share_counts_words_in_any_of_their_forms() -> None:
    text = source("We repair clogged drains.")
    assert text.share(words_of("fix a drain")) == 1.0
    assert text.share(words_of("fix a roof")) == 0.5
    assert text.share([]) == 1.0


def test_what_a_text_is_about_leaves_quantities_out() -> None:
    assert content("A visit costs eighty-nine dollars").split() == ["a", "visit"]


def test_a_changed_company_is_read_anew(demo: Company) -> None:
    assert written(demo) is written(demo)
    moved = replace(demo, address="1 Other Street, Naples")
    assert any("other street" in found.plain for found in written(moved))
    assert not any("other street" in found.plain for found in written(demo))


def test_names_may_be_said_by_anybody(demo: Company) -> None:
    said = names(demo)
    assert all(not word.isdisjoint(said) for word in words_of("Gulf Breeze Plumbing, Ava, Maria"))
