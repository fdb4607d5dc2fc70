"""The page about calls says what the agent says, and names every outcome."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from clientsvia.calls import sentences
from clientsvia.calls.taking.callback_number import said_back
from clientsvia.transports.twiml import NOT_A_COMPANY
from tests.docs.pages import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (ROOT / "docs/calls.md").read_text()
CALLS = ROOT / "service/clientsvia/calls"
DECIDES = {"Decision", "listen", "hang_up"}


def spoken() -> str:
    """Every sentence of the agent's; names of companies and targets are left out."""
    fixed = [value for name, value in vars(sentences).items() if name.isupper()]
    single = [value for value in fixed if isinstance(value, str)]
    several = [text for value in fixed if isinstance(value, tuple) for text in value]
    return " ".join([*single, *several, NOT_A_COMPANY, (CALLS / "sentences.py").read_text()])


def test_every_sentence_quoted_is_said() -> None:
    quoted = re.findall(r"“([^”]+)”", PAGE)
    assert len(quoted) > 12
    said = spoken()
    generic = [quote.replace("the office", "{name}") for quote in quoted]
    assert [quote for quote in generic if quote not in said] == []


def outcomes() -> Iterator[str]:
    """What decisions call the outcome: their last argument, or the one of that name."""
    for path in CALLS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in DECIDES:
                named = [word.value for word in node.keywords if word.arg == "outcome"]
                yield from (
                    str(value.value)
                    for value in (*node.args[-1:], *named)
                    if isinstance(value, ast.Constant) and str(value.value).isidentifier()
                )


def test_every_outcome_is_explained() -> None:
    found = set(outcomes())
    assert {"answered", "message", "inactive", "unanswered"} <= found
    assert {outcome for outcome in found if f"| `{outcome}` |" not in PAGE} == set()


def test_every_question_of_the_page_on_messages_is_asked() -> None:
    page = (ROOT / "docs/messages.md").read_text()
    questions = re.findall(r'^\| "([^"]+)" \|', page, re.MULTILINE)
    assert len(questions) > 5
    said = " ".join([spoken(), sentences.confirm_caller("0123"), said_back("2395550142")])
    alone = [one for question in questions for one in re.split(r"(?<=[.?]) ", question)]
    assert [one for one in alone if one not in said] == []
