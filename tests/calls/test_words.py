import pytest

from clientsvia.calls.words import clauses, has_any, padded, phrases, words


def test_case_punctuation_and_fillers_do_not_change_the_words() -> None:
    assert words("Um, what's YOUR address?!") == words("whats your address")


def test_a_typographic_apostrophe_is_an_apostrophe() -> None:
    assert words("what\N{RIGHT SINGLE QUOTATION MARK}s") == words("what's")


def test_words_of_every_script_are_kept() -> None:
    assert words("שלום, 世界! 24") == ("שלום", "世界", "24")


@pytest.mark.parametrize("sound", ["uh-huh", "Uh huh.", "Mm-hmm", "mhm"])
def test_a_sound_of_assent_is_one_word_and_no_filler(sound: str) -> None:
    assert words(sound) == ("uhhuh",)


@pytest.mark.parametrize("sound", ["uh-uh", "Nuh-uh!"])
def test_a_sound_of_refusal_is_another(sound: str) -> None:
    assert words(sound) == ("uhuh",)


def test_fillers_said_twice_are_no_refusal() -> None:
    assert words("um uh uh what time") == ("what", "time")


def test_punctuation_tells_clauses_apart() -> None:
    assert clauses("No, I don't. Put me through!") == (" no ", " i dont ", " put me through ")


def test_a_phrase_is_found_only_as_whole_words_in_order() -> None:
    heard = padded(words("Please, put me through now."))
    assert has_any(phrases("put me through"), heard)
    assert not has_any(phrases("through me"), heard)
    assert not has_any(phrases("put me thro"), heard)


def test_any_of_several_phrases_is_enough() -> None:
    assert has_any(phrases("good night, good bye"), padded(words("Well, good bye!")))
    assert not has_any(phrases("good night"), padded(()))
