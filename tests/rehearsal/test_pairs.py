from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest

from clientsvia.rehearsal.dialogues import read_turns
from clientsvia.rehearsal.figures import judged
from clientsvia.rehearsal.pairs import changed_pairs, noise_pairs

TEXTS = read_turns(Path(__file__).parent / "data/turns.tsv")


def test_every_kind_of_change_is_made_as_often() -> None:
    kinds = Counter(pair.kind for pair in changed_pairs(TEXTS, 800, Random(1)))
    assert set(kinds) == {
        "negation",
        "correction",
        "name",
        "number",
        "unit",
        "day",
        "never mind",
        "addition",
    }
    assert set(kinds.values()) == {100}


def test_a_changed_pair_differs_by_more_than_spelling() -> None:
    for pair in changed_pairs(TEXTS, 800, Random(2)):
        assert pair.one.lower().split() != pair.other.lower().split()
        assert not pair.same


def test_a_noise_pair_has_the_same_words_or_the_same_numbers() -> None:
    pairs = list(noise_pairs(TEXTS, 600, Random(3)))
    assert Counter(pair.kind for pair in pairs) == {"numbers": 200, "words": 400}
    assert sum(pair.one != pair.other for pair in pairs) > 500


@pytest.mark.parametrize("seed", range(3))
def test_no_changed_meaning_is_accepted_and_nearly_all_noise(seed: int) -> None:
    rng = Random(seed)
    found = judged([*changed_pairs(TEXTS, 4000, rng), *noise_pairs(TEXTS, 2000, rng)])
    assert found.false_accepts == 0, found.mistakes
    assert found.noise_accepted >= 0.95 * found.noise
