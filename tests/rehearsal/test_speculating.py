from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from clientsvia.calls.onset import BALANCED, EAGER, NONE
from clientsvia.rehearsal.dialogues import read_turns, vocabulary
from clientsvia.rehearsal.figures import Bounds, figures, median
from clientsvia.rehearsal.recogniser import Partial, Recogniser, Turn
from clientsvia.rehearsal.speculating import Measured, rehearse

SAMPLE = Path(__file__).parent / "data/turns.tsv"
QUESTION = "do you repair garage doors in naples"


@pytest.fixture(scope="module")
def turns() -> list[Turn]:
    texts = read_turns(SAMPLE) * 8
    recogniser = Recogniser(vocabulary(texts))
    return [recogniser.hear(text, Random(number)) for number, text in enumerate(texts)]


def turn(*partials: tuple[float, str], final: str = QUESTION) -> Turn:
    heard = [Partial(at, n, text, "", right=text == final) for n, (at, text) in enumerate(partials)]
    return Turn(tuple(heard), final, 5.0)


def one(turn: Turn, policy: object = EAGER) -> Measured:
    (measured,) = rehearse([turn], policy, 1)  # type: ignore[arg-type]
    return measured


def test_without_preparing_the_caller_waits_for_model_and_voice() -> None:
    measured = one(turn((1.0, QUESTION)), NONE)
    assert not measured.prepared
    assert measured.generations == 1
    assert measured.tokens_wasted == 0
    assert measured.waited > 0.15 + 14 / 60


def test_what_was_prepared_for_the_same_words_takes_no_time() -> None:
    measured = one(turn((1.0, f"Um, {QUESTION}?")))
    assert (measured.waited, measured.prepared, measured.generations) == (0, True, 1)


def test_an_answer_under_way_is_joined() -> None:
    alone = one(turn((1.0, QUESTION)), NONE).waited
    joined = one(turn((4.9, QUESTION)))
    assert joined.prepared
    assert joined.waited == pytest.approx(alone - 0.1)


def test_what_was_prepared_for_other_words_is_wasted() -> None:
    measured = one(turn((1.0, "do you repair doors")))
    assert not measured.prepared
    assert measured.generations == 2
    assert measured.tokens_wasted == 42


def test_an_oracle_begins_the_right_answer_alone() -> None:
    measured = one(turn((1.0, "do you"), (2.0, QUESTION), (3.0, "do you mend")), None)
    assert (measured.waited, measured.prepared, measured.generations) == (0, True, 1)


def test_a_partial_after_the_final_begins_nothing() -> None:
    measured = one(turn((1.0, QUESTION), (5.2, "do you open")))
    assert (measured.generations, measured.tokens_wasted) == (1, 0)


def test_equal_seeds_measure_equally_and_the_bounds_bound(turns: list[Turn]) -> None:
    measured = {policy: rehearse(turns, policy, 7) for policy in (NONE, BALANCED, EAGER, None)}
    assert rehearse(turns, BALANCED, 7) == measured[BALANCED]
    none, balanced, eager, oracle = (median(found) for found in measured.values())
    assert oracle <= eager <= balanced < none
    bounds = Bounds(none, oracle)
    rows = {policy: figures("", found, bounds) for policy, found in measured.items()}
    assert rows[NONE].saving_vs_oracle == 0
    assert rows[None].saving_vs_oracle == 1
    assert rows[NONE].generations_per_turn == 1
    assert rows[BALANCED].generations_per_turn < rows[EAGER].generations_per_turn
