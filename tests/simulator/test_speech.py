from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from clientsvia.simulator.script import Recognition
from clientsvia.simulator.speech import joined, partials, spoken, synthesis_seconds, written
from tests.simulator.webhook_server import seeded

SENTENCE = "I would like to book a visit for Tuesday afternoon please"


def test_a_person_says_two_to_three_words_a_second() -> None:
    words = spoken(SENTENCE)
    assert 2 < len(words) / words[-1].end < 3.5


def test_a_synthetic_voice_says_fourteen_characters_a_second() -> None:
    assert synthesis_seconds("x" * 140) == 10


def test_a_pause_in_brackets_passes_without_words() -> None:
    words = spoken("book Tuesday [1.5] no Thursday")
    assert joined(words) == "book Tuesday no Thursday"
    assert words[2].start - words[1].end == 1.5
    assert written(words) == "book Tuesday [1.5] no Thursday"


def test_partials_grow_every_300_ms_and_end_with_all_that_was_said() -> None:
    words = spoken(SENTENCE)
    found = partials(words, Recognition(), seeded(1))
    assert [partial.sequence for partial in found] == list(range(len(found)))
    assert found[-1].unstable == SENTENCE
    gaps = {round(b.at - a.at, 6) for a, b in pairwise(found)}
    assert min(gaps) == 0.3
    assert len(found) > words[-1].end / 0.3 - 3


def test_what_is_stable_begins_what_is_unstable_and_never_shrinks() -> None:
    stable = ""
    for partial in partials(spoken(SENTENCE), Recognition(errors=0.5), seeded(3)):
        assert partial.unstable.startswith(partial.stable)
        assert partial.stable.startswith(stable)
        stable = partial.stable
    assert stable


def test_a_wrong_word_is_mended_in_a_later_partial() -> None:
    wrong = [
        partial.unstable
        for partial in partials(spoken(SENTENCE), Recognition(errors=0.5), seeded(2))
        if not SENTENCE.startswith(partial.unstable + " ") and partial.unstable != SENTENCE
    ]
    assert wrong


def test_partials_can_come_late_twice_and_out_of_order() -> None:
    unkind = Recognition(doubled=0.5, late=0.5)
    numbers = [partial.sequence for partial in partials(spoken(SENTENCE), unkind, seeded(5))]
    assert len(numbers) > len(set(numbers))
    assert numbers != sorted(numbers)


def test_equal_seeds_make_equal_noise() -> None:
    unkind = Recognition(errors=0.3, doubled=0.3, late=0.3)
    words = spoken(SENTENCE)
    assert partials(words, unkind, seeded(9)) == partials(words, unkind, seeded(9))


def test_without_an_interval_there_are_no_partials() -> None:
    assert partials(spoken(SENTENCE), Recognition(every=0), seeded(1)) == []


@given(st.text(max_size=300))
def test_any_text_can_be_spoken(text: str) -> None:
    words = spoken(text)
    assert all(word.end > word.start >= 0 for word in words)
    assert spoken(written(words)) == words or "[" in text
