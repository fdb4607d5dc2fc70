"""What is the matter with a turn: G0, silence, fillers, waiting, and words of somebody else's."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from benches.faults.questions import CANARY, MARK, QUOTED, TOPIC
from clientsvia.calls import deadline
from clientsvia.calls.fillers import FILLERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benches.faults.caller import Turn
    from benches.faults.documents import Document

G0_S = 5.0
_FILLERS = frozenset(FILLERS)
SAMPLES = 3


@dataclass(slots=True)
class Tally:
    """What came of all turns under one fault; seconds as lists, in no order."""

    margin: float
    turns: int = 0
    answers: int = 0
    not_g0: int = 0
    silent: int = 0
    fillers: int = 0
    by_model: int = 0
    by_knowledge: int = 0
    unanswered: int = 0
    clips: int = 0
    spoken: int = 0
    first: list[float] = field(default_factory=list)
    webhooks: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[str]] = field(default_factory=dict)

    def take(self, turn: Turn) -> None:
        """Judge a turn."""
        self.turns += 1
        self.answers += len(turn.documents)
        self.webhooks += [document.seconds for document in turn.documents]
        answered = [document for document in turn.documents if not _greets(turn, document)]
        said = [turn.heard(document) for document in answered]
        told = " ".join(sentence for one in said for sentence in one)
        self.first += [document.seconds for document in answered[:1]]
        self.waited.append(sum(document.seconds for document in answered))
        self.fillers += any(_filler(one) for one in said)
        by_model, by_knowledge = QUOTED in told, turn.firm.canary in told
        self.by_model += by_model
        self.by_knowledge += by_knowledge
        self.spoken += sum(len(document.spoken) for document in turn.documents)
        self.clips += len(turn.clips)
        self.not_g0 += sum(_breaks_g0(document) for document in turn.documents)
        problems = [*self._of_documents(turn), *self._of_turn(turn, answered, said, told)]
        self.silent += "a silent turn" in problems
        if turn.asked.topic and not (by_model or by_knowledge):
            self.unanswered += 1
            self._show("neither", turn)
        for problem in problems:
            self.wrong[problem] += 1
            self._show(problem, turn)

    def _show(self, problem: str, turn: Turn) -> None:
        samples = self.samples.setdefault(problem, [])
        if len(samples) < SAMPLES:
            samples.append(_described(turn))

    def _of_documents(self, turn: Turn) -> Iterator[str]:
        for document in turn.documents:
            yield from document.wrong
            if document.seconds > deadline.WEBHOOK + self.margin:
                yield f"a webhook over {deadline.WEBHOOK} s"
        for clip in turn.clips.values():
            if clip.wrong:
                yield clip.wrong
            elif clip.key != turn.firm.key_digest:
                yield "a clip of another company's key"

    def _of_turn(
        self, turn: Turn, answered: list[Document], said: list[list[str]], told: str
    ) -> Iterator[str]:
        last = answered[-1].end if answered else ""
        if last in {"", "Redirect"}:
            yield "a turn without an end"
        if last != "Dial" and not any(one and not _filler(one) for one in said):
            yield "a silent turn"
        if any(_filler(one) and _filler(two) for one, two in pairwise(said)):
            yield "a filler twice in a row"
        if self.waited[-1] > deadline.TURN + self.margin:
            yield f"a turn over {deadline.TURN} s"
        if any(mark.lower() != turn.asked.mark for mark in MARK.findall(told)):
            yield "words of another turn"
        if turn.asked.topic and any(topic != turn.asked.topic for topic in TOPIC.findall(told)):
            yield "knowledge of another turn"
        if any(word.lower() != turn.firm.canary.lower() for word in CANARY.findall(told)):
            yield "words of another company"


def _greets(turn: Turn, document: Document) -> bool:
    """Whether a document only opens the call that the turn is the first of."""
    return document is turn.documents[0] and turn.greeted


def _filler(sentences: list[str]) -> bool:
    return bool(sentences) and all(sentence in _FILLERS for sentence in sentences)


def _breaks_g0(document: Document) -> bool:
    return bool(document.wrong) or document.seconds > G0_S


def _described(turn: Turn) -> str:
    steps = (
        f"{document.seconds:.2f} s {' '.join(turn.heard(document))!r} {document.end}"
        for document in turn.documents
    )
    return f"{turn.asked.text!r}: {' -> '.join(steps)}"
