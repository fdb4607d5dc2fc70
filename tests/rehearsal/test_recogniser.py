"""The recogniser is as unkind as it says, no more and no less."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from statistics import fmean, median
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls.meaning import canonical
from clientsvia.rehearsal.recogniser import Rates, Recogniser

if TYPE_CHECKING:
    from clientsvia.rehearsal.recogniser import Partial, Turn

TEXT = "can somebody repair our old garage door before the storm comes in"
KIND = Rates(wrong=0, late=0, doubled=0, swapped=0, overdue=0, changed=0)


def heard(rates: Rates | None = None, count: int = 400, text: str = TEXT) -> list[Turn]:
    recogniser = Recogniser(["moon", "cheese", "stone"], rates)
    return [recogniser.hear(text, Random(number)) for number in range(count)]


def words(partial: Partial) -> list[str]:
    return canonical(partial.text).split()


def test_the_same_seed_hears_the_same() -> None:
    assert heard(count=3) == heard(count=3)


def test_words_come_at_the_pace_of_speech_and_the_final_after_the_silence() -> None:
    turns = heard(KIND)
    rates = [len(TEXT.split()) / (turn.final_at - KIND.silence) for turn in turns]
    assert 1.6 < min(rates) < 2.2
    assert 2.8 < max(rates) < 3.4
    assert median(rates) == pytest.approx(2.4, abs=0.2)


def test_partials_come_about_every_300_ms_and_grow() -> None:
    for turn in heard(KIND, 50):
        moments = [partial.at for partial in turn.partials]
        gaps = [later - earlier for earlier, later in pairwise(moments)]
        assert all(0.24 < gap < 0.36 for gap in gaps)
        lengths = [len(words(partial)) for partial in turn.partials]
        assert lengths == sorted(lengths)
        assert [partial.right for partial in turn.partials[-2:]] == [True, True]


def test_words_are_known_no_sooner_than_they_are_recognised() -> None:
    for turn in heard(KIND, 50):
        last_word = turn.final_at - KIND.silence
        right = next(partial for partial in turn.partials if partial.right)
        assert 0.1 <= right.at - last_word <= 0.45


def test_three_in_ten_of_the_newest_words_are_wrong_and_mended_in_the_next() -> None:
    spoken = TEXT.split()
    new = wrong = 0
    for turn in heard(Rates(late=0, doubled=0, swapped=0, overdue=0, changed=0)):
        known = 0
        for partial in turn.partials:
            believed = words(partial)
            assert believed[:known] == spoken[:known]
            new += len(believed) - known
            wrong += sum(b != s for b, s in zip(believed[known:], spoken[known:], strict=False))
            known = len(believed)
    assert wrong / new == pytest.approx(0.3, abs=0.02)


def test_one_final_in_twenty_has_a_word_changed_and_then_no_partial_is_right() -> None:
    turns = heard(count=2000)
    changed = [turn for turn in turns if canonical(turn.final) != TEXT]
    assert len(changed) / len(turns) == pytest.approx(0.05, abs=0.015)
    assert not any(partial.right for turn in changed for partial in turn.partials)


def test_right_partials_are_those_that_say_what_the_final_says() -> None:
    for turn in heard():
        for partial in turn.partials:
            assert partial.right == (canonical(partial.text) == canonical(turn.final))


def test_some_partials_are_late_doubled_out_of_order_or_after_the_final() -> None:
    turns = heard()
    every = [partial for turn in turns for partial in turn.partials]
    after = [p for turn in turns for p in turn.partials if p.at > turn.final_at]
    assert len(after) / len(every) == pytest.approx(0.02, abs=0.01)
    doubled = fmean(len(t.partials) / len({p.sequence for p in t.partials}) - 1 for t in turns)
    assert doubled == pytest.approx(0.05, abs=0.015)
    disordered = [
        t
        for t in turns
        if [p.sequence for p in t.partials] != sorted(p.sequence for p in t.partials)
    ]
    assert len(disordered) > len(turns) / 3


def test_spelling_and_case_change_from_partial_to_partial() -> None:
    turns = heard(KIND, 50, "can you come at 2:30 or at twelve")
    endings = {partial.text.split()[-1].strip(".,?!") for t in turns for partial in t.partials[-2:]}
    assert {"twelve", "12"} <= endings
    assert len({partial.text for turn in turns for partial in turn.partials[-1:]}) > 20


def test_the_stable_part_is_what_was_said_a_while_ago() -> None:
    turn = heard(KIND, 1)[0]
    lags = [len(words(p)) - len(canonical(p.stable).split()) for p in turn.partials[4:]]
    assert 1 <= median(lags) <= 4
