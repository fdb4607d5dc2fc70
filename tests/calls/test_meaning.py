"""Equal when they mean the same, and only then; the tables are the rule."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.calls.meaning import canonical

SAME = [
    ("Um, are you open?", "are you open"),
    ("uh what's YOUR address?!", "What is your address"),
    ("oh okay", "OK."),
    ("I\N{RIGHT SINGLE QUOTATION MARK}m at home", "I am at home"),
    ("I dont know, you can't", "I don't know, you cannot"),
    ("I'd like a room", "I would like a room"),
    ("we're gonna be late", "We are going to be late."),
    ("uh-huh", "Mm-hmm."),
    ("twenty three", "23"),
    ("twenty-three people", "23 people"),
    ("one hundred and five", "105"),
    ("a thousand", "1,000"),
    ("three hundred thousand", "300,000"),
    ("two million", "2 million"),
    ("thirty-five hundred", "3500"),
    ("first", "1st"),
    ("the twenty first", "the 21st"),
    ("the hundred and twelfth", "the hundred and 12th"),
    ("two point five", "2.5"),
    ("zero point one four", "0.14"),
    ("minus five", "-5"),
    ("ten percent", "10%"),
    ("ten per cent", "10 %"),
    ("fifteen dollars", "$15"),
    ("a fifteen dollar card", "a $15 card"),
    ("fifteen dollars and fifty cents", "$15.50"),
    ("$15.00", "15 dollars"),
    ("one point five million dollars", "$1.5 million"),
    ("five euros", "5 €"),
    ("five thirty pm", "5:30 p.m."),
    ("five thirty P M", "5:30PM"),
    ("five p.m.", "5:00 pm"),
    ("530 pm", "5:30 pm"),
    ("nine oh five", "9:05"),
    ("at nine forty five", "at 09:45"),
    ("seventeen thirty", "17:30"),
    ("five o'clock", "5:00"),
    ("9am-5pm", "9 am to 5 p.m."),
    ("five five five one two one two", "555 1212"),
    ("555-1212", "5551212"),
    ("double five five one two one two", "555-1212"),
    ("(239) 555-1212", "two three nine five five five one two one two"),
    ("239.555.1212", "239 555 1212"),
    ("two oh seven five five five one two one two", "207-555-1212"),
    ("+1 (239) 555-1212", "plus one two three nine five five five one two one two"),
    ("CAFE\N{COMBINING ACUTE ACCENT}", "caf\N{LATIN SMALL LETTER E WITH ACUTE}"),
    ("\N{FULLWIDTH DIGIT FIVE}\N{FULLWIDTH COLON}30 pm", "five thirty pm"),
    ("\N{ARABIC-INDIC DIGIT FIVE} rooms", "five rooms"),
    ("Mail Jo@Example.com.", "mail jo@example.com"),
]
DIFFERENT = [
    ("do you open", "don't you open"),
    ("yes", "yes please"),
    ("not today", "today"),
    ("the drains", "the drains no wait the roof"),
    ("five", "I mean five"),
    ("five", "actually five"),
    ("so I need it", "I need it"),
    ("well I need it", "I need it"),
    ("like a room", "a room"),
    ("uh-huh", "uh-uh"),
    ("uh-huh", "uh"),
    ("its open", "it's open"),
    ("Joe's", "Joe is"),
    ("I'd go", "I would go"),
    ("take me to the ER", "take me to the"),
    ("two", "too"),
    ("two", "to"),
    ("four", "for"),
    ("one", "won"),
    ("no one came", "No. 1 came"),
    ("two three", "twenty three"),
    ("twenty three", "20 3"),
    ("two three", "23"),
    ("three", "third"),
    ("a hundred", "hundreds"),
    ("five thirty", "530"),
    ("5 30", "5:30"),
    ("5 10 pm", "5:10 pm"),
    ("five am", "five pm"),
    ("five", "five pm"),
    ("1.5", "15"),
    ("1,000", "1 000"),
    ("1,5", "15"),
    ("$15", "15"),
    ("$1.50", "$150"),
    ("£5", "5 pounds"),
    ("$5", "5 euros"),
    ("10%", "10"),
    ("-5", "5"),
    ("9-5", "95"),
    ("9-5", "9 5"),
    ("1/2", "12"),
    ("24/7", "24 7"),
    ("Monday-Friday", "Monday, Friday"),
    ("1,234,567 people", "123-4567 people"),
    ("100 2000 300", "1002000300"),
    ("555 1212", "555 1213"),
    ("two oh seven nine four six oh", "oh two oh seven nine four six oh"),
    ("jo.smith@x.com", "jo-smith@x.com"),
    ("jo.smith@x.com", "josmith@x.com"),
    ("one@x.com", "1@x.com"),
    ("grade A+", "grade A"),
    ("C#", "C"),
    ("10\N{SUPERSCRIPT TWO}", "102"),
    ("r\N{LATIN SMALL LETTER E WITH ACUTE}sum\N{LATIN SMALL LETTER E WITH ACUTE}", "resume"),
    ("\u0915\u093f", "\u0915\u0940"),  # ki and kii, which differ in a combining vowel alone
]
# What a caller's numbers are made of: where the rules meet, and might undo one another.
TRICKY = (
    "a and am cent cents clock dollars double er euros fifteen fifth first five hundred i i'd it's"
    " like m million minus no o o'clock oh one p per pm point second ten the third thirty thousand"
    " thousandth triple twenty uh uh-huh um x zero 0 007 05 1 1,000 1.5 10% 12:30 1st 20 239 2x4"
    " 5 5:00 5pm 5-6 555 555-1212 555-12-12 9am-5pm $ $-5 $15 $1.50 $2 % & + - -5 . .5 / @ a@b.c"
    " € €5 £ £5 £5m p.m. x.com $$5 5€5"
).split()
SPOKEN = st.lists(st.sampled_from(TRICKY), max_size=12).map(" ".join)
NOISE = ("um", "uh", "hmm", ",", ".", "?", "!", "\N{HORIZONTAL ELLIPSIS}")


@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_means_the_same_is_equal(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_means_something_else_is_not(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@given(st.one_of(st.text(), SPOKEN, st.text(alphabet="am pm0159.,:$-%'@o\N{EN DASH}")))
def test_a_canonical_text_stays_as_it_is(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once


@given(st.text(st.characters()))
def test_any_text_has_a_meaning_that_can_be_encoded(text: str) -> None:
    canonical(text).encode()
    canonical(text, "he-IL").encode()


@given(SPOKEN, st.randoms(use_true_random=False))
def test_case_never_counts(text: str, rng: random.Random) -> None:
    other = "".join(rng.choice((char.upper(), char.lower())) for char in text)
    assert canonical(other) == canonical(text)


@given(st.lists(st.sampled_from("I need the big old red van here now".split()), min_size=1))
def test_noise_between_words_never_counts(words: list[str]) -> None:
    rng = random.Random(len(words))  # noqa: S311 - noise, not a secret
    noisy = " ".join(f"{rng.choice(NOISE)} {word}{rng.choice(NOISE[3:])}" for word in words)
    assert canonical(noisy) == canonical(" ".join(words))


@given(st.integers(0, 999), st.integers(0, 999))
def test_numbers_are_equal_only_to_themselves(one: int, other: int) -> None:
    assert (canonical(in_words(one)) == canonical(str(other))) is (one == other)
    assert (canonical(f"{in_words(one)} dollars") == canonical(f"${other}")) is (one == other)


def test_another_language_keeps_its_words() -> None:
    assert canonical("Kommt er um fünf?", "de-DE") == "kommt er um fünf"
    assert canonical("Quero um.", "pt-BR") != canonical("Quero.", "pt-BR")


def in_words(number: int) -> str:
    """A number below a thousand as it is spoken."""
    below_20 = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen"
    ).split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    if number < 20:
        return below_20[number]
    if number < 100:
        unit = f" {below_20[number % 10]}" if number % 10 else ""
        return f"{tens[number // 10 - 2]}{unit}"
    rest = f" and {in_words(number % 100)}" if number % 100 else ""
    return f"{below_20[number // 100]} hundred{rest}"
