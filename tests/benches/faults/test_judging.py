from __future__ import annotations

import pytest

from benches.faults.caller import Clip, Turn
from benches.faults.documents import Document
from benches.faults.judging import Tally
from benches.faults.place import Firm
from benches.faults.questions import QUOTED, Asked

ASKED = Asked("How much does a visit cost for zubabebik?", "zubabebik", "price")
FIRM = Firm("+12395552000", "Xobabam", "key")
FILLER, ANSWER = "Let me see.", f"{QUOTED} visit cost zubabebik."


def said(*sentences: str, end: str = "Redirect", seconds: float = 0.1) -> Document:
    return Document(seconds, (), tuple(("Say", sentence) for sentence in sentences), end)


def judged(*documents: Document, clips: dict[str, Clip] | None = None) -> Tally:
    tally = Tally(0.5)
    tally.take(Turn(ASKED, FIRM, list(documents), clips or {}))
    return tally


def test_a_turn_that_ends_in_an_answer_is_in_order() -> None:
    tally = judged(said(FILLER), said(ANSWER, end="Gather"))
    assert not tally.wrong
    assert (tally.turns, tally.answers, tally.fillers, tally.by_model) == (1, 2, 1, 1)
    assert tally.waited == [pytest.approx(0.2)]


def test_putting_a_caller_through_is_an_answer() -> None:
    assert not judged(said(end="Dial")).wrong


@pytest.mark.parametrize(
    ("documents", "wrong"),
    [
        ([said(FILLER), said(end="Gather")], "a silent turn"),
        ([said(FILLER, end="Gather")], "a silent turn"),
        ([said(FILLER), said("One moment, please."), said(ANSWER, end="Gather")], "a filler twice"),
        ([said(ANSWER)], "a turn without an end"),
        ([said(ANSWER, end="Gather", seconds=3.1)], "a webhook over"),
        ([said(FILLER, seconds=2.4)] * 3 + [said(ANSWER, end="Gather")], "a turn over"),
        ([said(f"{QUOTED} of zubabebak.", end="Gather")], "words of another turn"),
        ([said("Yes. So it is for payment at Xobabam.", end="Gather")], "knowledge of another"),
        ([said("Welcome to Xobabem.", end="Gather")], "words of another company"),
        ([Document(0.1, ("HTTP 500",))], "HTTP 500"),
    ],
)
def test_what_is_amiss_is_told(documents: list[Document], wrong: str) -> None:
    tally = judged(*documents)
    assert any(problem.startswith(wrong) for problem in tally.wrong), tally.wrong
    assert tally.samples


def test_g0_is_broken_by_what_twilio_cannot_use_and_by_five_seconds() -> None:
    assert judged(Document(0.1, ("HTTP 500",))).not_g0 == 1
    assert judged(said(ANSWER, end="Gather", seconds=5.1)).not_g0 == 1
    assert judged(said(ANSWER, end="Gather", seconds=4.9)).not_g0 == 0


def test_a_clip_must_be_there_and_be_paid_by_its_own_company() -> None:
    document = Document(0.1, (), (("Play", "http://x/1"),), "Gather")
    own = Clip("", ANSWER, FIRM.key_digest)
    assert not judged(document, clips={"http://x/1": own}).wrong
    missing = judged(document, clips={"http://x/1": Clip("a clip with HTTP 404")})
    assert missing.wrong["a clip with HTTP 404"] == 1
    assert missing.silent == 1
    foreign = judged(document, clips={"http://x/1": Clip("", ANSWER, "another")})
    assert foreign.wrong["a clip of another company's key"] == 1
