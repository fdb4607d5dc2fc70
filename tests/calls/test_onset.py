from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.calls.onset import BALANCED, DEFAULT, EAGER, NONE, POLICIES, StartPolicy

QUIET = POLICIES["quiet-300"]
SENTENCE = "do you repair garage doors in Naples"


def test_none_begins_nothing() -> None:
    assert NONE().hear(SENTENCE, "", 0.0) is None


def test_eager_begins_with_every_new_meaning_once() -> None:
    pace = EAGER()
    assert pace.hear("do", "", 0.0) == 0.0
    pace.began()
    assert pace.hear("um, do?", "", 0.3) is None
    assert pace.hear("do you", "", 0.6) == 0.0


def test_quiet_counts_from_when_the_words_were_first_heard() -> None:
    pace = QUIET()
    assert pace.hear("do you open", "", 5.0) == pytest.approx(0.3)
    assert pace.hear("Do you open?", "", 5.2) == pytest.approx(0.1)
    assert pace.hear("do you open Sunday", "", 5.4) == pytest.approx(0.3)
    assert pace.hear("do you open Sunday", "", 9.0) == 0.0


def test_words_that_came_back_after_others_are_begun_again() -> None:
    pace = EAGER()
    for text in ("do you open", "do you close", "do you open"):
        assert pace.hear(text, "", 0.0) == 0.0
        pace.began()


def test_nothing_is_begun_for_no_words() -> None:
    assert EAGER().hear("um, uh…", "", 0.0) is None


def test_a_whole_sentence_is_begun_at_once() -> None:
    assert BALANCED().hear(SENTENCE, "", 0.0) == 0.0


def test_punctuation_does_not_make_a_sentence() -> None:
    assert BALANCED().hear("Do you repair.", "", 0.0) == BALANCED().hear("do you repair", "", 0.0)
    assert BALANCED().hear(f"{SENTENCE} and?", "", 0.0) == BALANCED.unfinished


def test_few_words_are_begun_when_a_second_partial_repeats_them() -> None:
    pace = BALANCED()
    assert pace.hear("my garage door", "", 0.0) == BALANCED.finished
    assert pace.hear("My garage door.", "", 0.3) == 0.0


def test_a_corrected_word_says_as_much_as_a_repetition() -> None:
    pace = BALANCED()
    pace.hear("my garage floor", "", 0.0)
    assert pace.hear("my garage door", "", 0.3) == 0.0


def test_words_the_recogniser_holds_for_stable_count_as_repeated() -> None:
    assert BALANCED().hear("my garage door", "my garage", 0.0) == BALANCED.finished
    assert BALANCED().hear("my garage door", "My garage door", 0.0) == 0.0


def test_a_number_that_grew_is_no_correction() -> None:
    pace = BALANCED()
    pace.hear("the house is number twenty", "", 0.0)
    wait = pace.hear("the house is number twenty three", "", 0.3)
    assert wait is not None
    assert wait > 0


def test_haste_and_generations_are_limited() -> None:
    policy = StartPolicy("two", 0.5, 0.5, 0.5, sentence=1, hasty=1, generations=2)
    pace = policy()
    waits = []
    for word in ("doors", "windows", "roofs"):
        waits.append(pace.hear(f"do you repair {word}", "", 0.0))
        pace.began()
    assert waits == [0.0, 0.5, None]


def test_another_language_is_judged_by_quiet_and_repetition_alone() -> None:
    pace = BALANCED("de-DE")
    text = "reparieren Sie auch alte Garagentore mit dem an"
    assert pace.hear(text, "", 0.0) == BALANCED.finished
    assert pace.hear(text, "", 0.3) == 0.0


def test_the_default_is_one_of_the_policies() -> None:
    assert POLICIES[DEFAULT.name] is DEFAULT
    assert list(POLICIES) == ["none", "quiet-600", "quiet-300", "balanced", "eager"]


@given(
    st.sampled_from(list(POLICIES.values())),
    st.lists(st.tuples(st.text(alphabet="ab 1.", max_size=8), st.floats(0, 100), st.booleans())),
)
def test_a_wait_is_never_negative_and_never_longer_than_the_policy_says(
    policy: StartPolicy, partials: list[tuple[str, float, bool]]
) -> None:
    pace = policy()
    begun = 0
    for text, at, begins in sorted(partials, key=lambda partial: partial[1]):
        wait = pace.hear(text, "", at)
        if wait is not None:
            assert 0 <= wait <= max(policy.finished or 0, policy.open or 0, policy.unfinished or 0)
            assert begun < policy.generations
            if begins:
                pace.began()
                begun += 1
