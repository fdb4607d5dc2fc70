from clientsvia.calls.words import has_any, padded, phrases, words


def test_case_punctuation_and_fillers_do_not_change_the_words() -> None:
    assert words("Um, what's YOUR address?!") == words("whats your address")


def test_a_typographic_apostrophe_is_an_apostrophe() -> None:
    assert words("what\N{RIGHT SINGLE QUOTATION MARK}s") == words("what's")


def test_words_of_every_script_are_kept() -> None:
    assert words("שלום, 世界! 24") == ("שלום", "世界", "24")


def test_a_phrase_is_found_only_as_whole_words_in_order() -> None:
    heard = padded(words("Please, put me through now."))
    assert has_any(phrases("put me through"), heard)
    assert not has_any(phrases("through me"), heard)
    assert not has_any(phrases("put me thro"), heard)


def test_any_of_several_phrases_is_enough() -> None:
    assert has_any(phrases("good night, good bye"), padded(words("Well, good bye!")))
    assert not has_any(phrases("good night"), padded(()))
