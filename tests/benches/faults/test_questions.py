from __future__ import annotations

from itertools import islice
from random import Random

from benches.faults.questions import CANARY, MARK, TOPIC, canary, questions
from benches.faults.troubles import TROUBLES
from benches.standin.answers import first_sentence


def test_no_two_questions_share_a_mark_and_the_models_first_sentence_has_it() -> None:
    asked = list(islice(questions(Random(1)), 2000))  # noqa: S311 - questions, not secrets
    assert len({one.mark for one in asked}) == len(asked)
    for one in asked:
        assert set(MARK.findall(first_sentence(one.text))) == {one.mark}


def test_no_two_companies_share_a_canary() -> None:
    words = [canary(number) for number in range(500)]
    assert len(set(words)) == len(words)
    assert all(CANARY.fullmatch(word) for word in words)
    assert not any(MARK.search(word) for word in words)


def test_an_answer_of_the_knowledge_tells_its_entry() -> None:
    said = "Ninety dollars. So it is for price at Xobadam. So it is for who-comes at Xobadam."
    assert TOPIC.findall(said) == ["price", "who-comes"]


def test_the_last_partial_result_is_the_whole_question() -> None:
    for asked in islice(questions(Random(2)), 50):  # noqa: S311 - likewise
        partials = list(asked.partials())
        assert partials[-1] == asked.text.rstrip("?")
        assert all(asked.text.startswith(partial) for partial in partials)


def test_faults_have_names_of_their_own() -> None:
    names = [trouble.name for trouble in TROUBLES]
    assert len(set(names)) == len(names)
