from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from clientsvia.calls.clips import ClipNames, is_clip_name, owner_of

NAMES = ClipNames([b"a" * 32, b"b" * 32])
VOICE: tuple[str | float, ...] = ("elevenlabs", "rachel", "flash", 0.5, 0.75, 1.0)


def test_the_same_sentence_in_the_same_voice_has_the_same_name() -> None:
    assert NAMES.of("acme", *VOICE).name("Hi.") == NAMES.of("acme", *VOICE).name("Hi.")


def test_a_name_is_a_url_and_a_file_and_says_nothing() -> None:
    name = NAMES.of("acme", *VOICE).name("Hi.")
    assert re.fullmatch("[0-9a-f]{64}", name)
    assert is_clip_name(name)


def test_changing_anything_changes_the_name() -> None:
    names = [NAMES.of("acme", *VOICE).name("Hi."), NAMES.of("acme", *VOICE).name("hi.")]
    for at, value in enumerate(VOICE):
        other = f"{value}x" if isinstance(value, str) else value + 0.01
        names.append(NAMES.of("acme", *VOICE[:at], other, *VOICE[at + 1 :]).name("Hi."))
    names.append(NAMES.of("acme2", *VOICE).name("Hi."))
    names.append(ClipNames([b"c" * 32]).of("acme", *VOICE).name("Hi."))
    assert len(set(names)) == len(names)


def test_what_one_field_loses_another_does_not_gain() -> None:
    voices = [("ab", "c"), ("a", "bc"), ("abc", ""), ("", "abc"), ("abc",)]
    assert len({NAMES.of("acme", *voice).name("Hi.") for voice in voices}) == len(voices)
    assert NAMES.of("acme", "x").name("yHi.") != NAMES.of("acme", "xy").name("Hi.")


def test_all_clips_of_a_company_begin_alike_whatever_its_voice() -> None:
    names = [NAMES.of("acme", voice).name(text) for voice in ("one", "two") for text in "ab"]
    assert len({owner_of(name) for name in names}) == 1
    assert NAMES.of("acme", "one").owner == owner_of(names[0])
    assert owner_of(NAMES.of("other", "one").name("a")) != owner_of(names[0])


def test_the_first_secret_names() -> None:
    turned = ClipNames([b"b" * 32, b"a" * 32])
    assert turned.of("acme").name("Hi.") != NAMES.of("acme").name("Hi.")


@given(st.text(max_size=100))
def test_only_64_hexadecimal_digits_could_be_a_name(text: str) -> None:
    assert is_clip_name(text) == bool(re.fullmatch(r"[0-9a-f]{64}\Z", text))


def test_a_newline_after_a_name_makes_it_none() -> None:
    assert not is_clip_name("a" * 64 + "\n")


@given(st.text(max_size=50), st.text(max_size=50))
def test_two_sentences_share_a_name_only_if_they_are_one(one: str, two: str) -> None:
    names = NAMES.of("acme", *VOICE)
    assert (names.name(one) == names.name(two)) == (one == two)
