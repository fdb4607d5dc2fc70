from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.parts import UNKNOWN, assembled, whole
from clientsvia.calls.ports import Act, Action, Part

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

END = Action(Act.END)


def test_sentences_stay_in_order_and_the_first_source_is_the_answers() -> None:
    answer = assembled([Part("One.", "hours", 0.5), Part("Two.", "address", 0.9)])
    assert (answer.sentences, answer.source, answer.score) == (("One.", "Two."), "hours", 0.9)


def test_an_action_alone_says_nothing() -> None:
    answer = assembled([Part(source="model:x", action=END)])
    assert (answer.sentences, answer.action, answer.known) == ((), END, True)


def test_without_parts_nothing_is_known() -> None:
    assert assembled([]) == UNKNOWN
    assert not UNKNOWN.known


async def test_the_whole_is_there_when_the_last_part_is() -> None:
    async def parts() -> AsyncIterator[Part]:
        yield Part("One.", "hours")
        yield Part("Two.", "hours")

    assert (await whole(parts())).sentences == ("One.", "Two.")
