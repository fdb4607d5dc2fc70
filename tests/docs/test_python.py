"""Every Python session in the documents prints what it shows."""

from __future__ import annotations

import doctest

import pytest

from tests.docs.pages import Block, blocks

SESSIONS = [block for block in blocks("python") if ">>>" in block.text]


@pytest.mark.parametrize("block", SESSIONS, ids=str)
def test_a_session_prints_what_it_shows(block: Block) -> None:
    session = doctest.DocTestParser().get_doctest(block.text, {}, str(block), None, None)
    assert session.examples
    assert doctest.DocTestRunner().run(session).failed == 0


def test_there_are_sessions_to_try() -> None:
    assert SESSIONS
