"""Card numbers are masked however they are read out; numbers that are no card's are not."""

from __future__ import annotations

from time import perf_counter

import pytest

from clientsvia.calls.card_numbers import (
    MASK,
    masked,
    masked_together,
    may_become_card,
    may_go_on,
    proves_itself,
    without_cards,
)
from clientsvia.calls.events import Digits, Event, Heard, Silence

VISA = "4111111111111111"


@pytest.mark.parametrize(
    "number",
    [
        VISA,
        "5555555555554444",
        "2223003122003222",
        "378282246310005",
        "6011111111111117",
        "3530111333300000",
        "30569309025904",
        "4222222222222",
        "6304000000000000",
        "4000000000000000006",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111, 1111. 1111 um 1111",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "four one one one, one one one one, one one one one, one one one one",
        "forty-one eleven eleven eleven eleven eleven eleven eleven",
        "forty one eleven eleven eleven eleven eleven eleven eleven",
        "four triple one double one double one double one double one double one double one",
        "fifty-five fifty-five fifty-five fifty-five fifty-five fifty-five forty-four forty-four",
        "four thousand oh oh oh oh oh oh oh oh oh oh oh two",
    ],
)
def test_a_card_number_is_masked_and_the_words_around_it_stay(number: str) -> None:
    assert masked(f"my card is {number} please") == f"my card is {MASK} please"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "what are your hours",
        "call me at (239) 555-1212 or +1 239 555 3333",
        "my number is +49 1525 1234 5678 90",
        "plus four nine one five two five one two three four five six seven eight",
        "it is 239 555 1212, 239 555 1212",
        "order 4111111111111112",
        "order number 12345678",
        "on the 21st of 2026 at 5:30, for 4 people, 12 dollars",
        "two three nine five five five one two one two",
    ],
)
def test_other_numbers_are_not_masked(text: str) -> None:
    assert masked(text) == text


def test_a_card_number_is_found_among_the_digits_around_it() -> None:
    assert masked(f"{VISA} 12 27 123") == f"{MASK} 12 27 123"
    assert masked(f"two three nine {VISA}") == f"two three nine {MASK}"
    assert masked(f"{VISA}1227") == f"{MASK}1227"


def test_every_card_number_of_a_text_is_masked() -> None:
    assert masked(f"{VISA} or 5555 5555 5555 4444") == f"{MASK} or {MASK}"


def test_a_number_that_goes_on_in_the_next_turn_is_masked_in_both() -> None:
    texts = ["my card is 4111 1111", "1111 1111, and thanks"]
    assert masked_together(texts) == [f"my card is {MASK}", f"{MASK}, and thanks"]
    assert masked_together(["4111 1111", "no wait", "1111 1111"])[2] == "1111 1111"


def test_keys_that_make_a_card_number_become_words_that_say_so() -> None:
    assert without_cards(Digits(VISA), []) == (Heard(MASK), [])
    assert without_cards(Digits("11111111"), ["41111111"]) == (Heard(MASK), [MASK])


@pytest.mark.parametrize("event", [Digits("2395551212"), Heard("hello", 0.5), Silence()])
def test_other_events_stay_as_they_are(event: Event) -> None:
    assert without_cards(event, ["hello"]) == (event, ["hello"])


def test_what_is_heard_keeps_its_confidence() -> None:
    event, _ = without_cards(Heard(f"it is {VISA}", 0.7), [])
    assert event == Heard(f"it is {MASK}", 0.7)


@pytest.mark.parametrize(
    ("event", "goes_on"),
    [
        (Heard("1111"), True),
        (Heard("one one"), True),
        (Heard("Double four"), True),
        (Digits("11"), True),
        (Digits("1"), False),
        (Heard("yes"), False),
        (Heard(""), False),
        (Silence(), False),
    ],
)
def test_only_digits_go_on_with_a_number(event: Event, goes_on: bool) -> None:  # noqa: FBT001 - a table's
    assert may_go_on(event) is goes_on


@pytest.mark.parametrize("said", range(1, 17))
def test_a_card_number_that_is_still_read_out_is_seen_coming(said: int) -> None:
    digits = " ".join(VISA[:said])
    assert may_become_card(f"my card is {digits}") is (12 <= said < 16)
    assert not may_become_card(f"my card is {digits} I think")


@pytest.mark.parametrize("position", range(16))
def test_one_wrong_digit_makes_it_no_card_number(position: int) -> None:
    wrong = str((int(VISA[position]) + 1) % 10)
    assert proves_itself(VISA)
    assert not proves_itself(VISA[:position] + wrong + VISA[position + 1 :])


@pytest.mark.parametrize(
    "text", ["7 " * 1000, "7" * 2000, "double seven " * 150, "one hundred " * 160]
)
def test_nothing_that_fits_into_a_turn_takes_long(text: str) -> None:
    began = perf_counter()
    masked(text)
    assert perf_counter() - began < 1.0  # 0.02 s: what grows with the square of it takes minutes
