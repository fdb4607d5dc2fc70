from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.transports.text_token import LONGEST, TextTokens

TOKENS = TextTokens([b"a" * 32])
DATA = {"memory": {"turns": [["é", "ü"]]}, "turn": 3}


def test_what_is_written_is_read_by_its_user_and_for_its_company_alone() -> None:
    token = TOKENS.write(DATA, "demo", "user-1")
    assert TOKENS.read(token, "demo", "user-1") == DATA
    assert TOKENS.read(token, "demo", "user-2") is None
    assert TOKENS.read(token, "other", "user-1") is None


def test_a_company_and_a_user_do_not_run_into_one_another() -> None:
    token = TOKENS.write(DATA, "demo", "x\nuser")
    assert TOKENS.read(token, "demo\nx", "user") is None


def test_a_conversation_outlives_a_change_of_key() -> None:
    token = TOKENS.write(DATA, "demo", "user-1")
    assert TextTokens([b"b" * 32, b"a" * 32]).read(token, "demo", "user-1") == DATA
    assert TextTokens([b"b" * 32]).read(token, "demo", "user-1") is None


@pytest.mark.parametrize("token", ["", ".", "a.b", "\ud800.\ud800", "é.é", "x" * LONGEST + ".1"])
def test_what_is_no_token_of_ours_is_none(token: str) -> None:
    assert TOKENS.read(token, "demo", "user-1") is None


def test_a_token_over_the_limit_is_refused_whoever_signed_it() -> None:
    noise = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(40_000))
    token = TOKENS.write({"noise": noise}, "demo", "user-1")
    assert len(token) > LONGEST
    assert TOKENS.read(token, "demo", "user-1") is None


@given(place=st.integers(0, 80), char=st.sampled_from("AZaz09-_."))
def test_a_changed_token_is_refused(place: int, char: str) -> None:
    token = TOKENS.write(DATA, "demo", "user-1")
    place %= len(token)
    changed = token[:place] + char + token[place + 1 :]
    assert changed == token or TOKENS.read(changed, "demo", "user-1") is None
