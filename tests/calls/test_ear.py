"""Sentences out of a stream, whatever its pieces."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.calls.ear import FIRST_AT_MOST, LATER_AT_MOST, Ear, sentences

WRITTEN = st.text(
    st.sampled_from("abc ABC 129 $%.,:;!?-()[]*#`\n'\"&@/\N{EN DASH}\N{EM DASH}…😀\t"), max_size=400
) | st.lists(
    st.sampled_from(
        [
            "Dr. Smith is in at 9 a.m. ", "It's $89.50. ", "e.g. drains", " etc. ", "No. ",
            "\n- one",
            "**Bold** ", "3.5 miles", "9:00-17:00 ", "Mon-Fri ",
            "https://a.example/b ", "Well... ",
            "1. Call", "we do all of that and more, ", "so it goes; ", "😀", " & ", "J. Smith ",
        ]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def in_pieces(text: str, cuts: list[int]) -> tuple[str, ...]:
    ear, heard = Ear(), []
    places = sorted({cut % (len(text) + 1) for cut in cuts} | {0, len(text)})
    for start, end in pairwise(places):
        heard += ear.hear(text[start:end])
    return (*heard, *ear.finish())


@given(WRITTEN, st.lists(st.integers(0, 10_000), max_size=30))
def test_any_pieces_of_a_text_give_the_same_sentences(text: str, cuts: list[int]) -> None:
    assert in_pieces(text, cuts) == sentences(text) == in_pieces(text, list(range(len(text))))


@given(WRITTEN)
def test_nothing_is_left_that_only_an_eye_can_read(text: str) -> None:
    for sentence in sentences(text):
        assert not set(sentence) & set("*`#[]<>{}|\\\n\t😀"), sentence
        assert sentence == " ".join(sentence.split())
        assert any(map(str.isalnum, sentence))


@given(WRITTEN)
def test_no_word_is_lost(text: str) -> None:
    words = [char for char in text if char in "abcABC"]
    said = [char for char in " ".join(sentences(text, "de-DE")) if char in "abcABC"]
    if not set(text) & set("[(<`"):
        assert said == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello there! How are you?", ("Hello there!", "How are you?")),
        ("Ask Dr. Smith. He knows.", ("Ask Dr. Smith.", "He knows.")),
        ("We open at 9 a.m. on Monday. Bye.", ("We open at 9 AM on Monday.", "Bye.")),
        ("We open at 9 a.m. Then we close.", ("We open at 9 AM.", "Then we close.")),
        ("It is 3.5 miles. Or 4.", ("It is 3.5 miles.", "Or 4.")),
        ("No. We don't.", ("No.", "We don't.")),
        ("Well... I think so.", ("Well, I think so.",)),
        ("Ask J. Smith at Acme Inc. for it.", ("Ask J. Smith at Acme Inc. for it.",)),
        ("- **Drains**\n- Faucets\n\n1. Call us", ("Drains.", "Faucets.", "Call us.")),
        ("", ()),
        ("--- ***", ()),
    ],
)
def test_a_sentence_ends_where_a_speaker_would_stop(text: str, expected: tuple[str, ...]) -> None:
    assert sentences(text) == expected


def test_a_sentence_is_out_with_the_first_letter_after_it() -> None:
    ear = Ear()
    assert ear.hear("Yes, we do.") == []
    assert ear.hear(" W") == ["Yes, we do."]


def test_an_over_long_sentence_is_cut_at_a_clause_the_first_one_sooner() -> None:
    said = sentences("we do many things and we do them well, " * 20)
    assert len(said) > 3
    assert len(said[0]) <= FIRST_AT_MOST
    assert all(len(part) <= LATER_AT_MOST for part in said)
    assert all(part.endswith((",", "well", "things")) for part in said[:-1])


def test_what_is_cut_in_mid_sentence_does_not_sound_like_its_end() -> None:
    said = sentences("word " * 100)
    assert [part[-1] for part in said] == ["d", "d", "."]


def test_a_word_without_an_end_is_cut_all_the_same() -> None:
    assert "".join(sentences("x" * 1000)).replace(".", "") == "x" * 1000
