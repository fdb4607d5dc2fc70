from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.calls.ringing.whispering import Whisper
from clientsvia.calls.state import CallState, Mode
from clientsvia.transports.action_token import ActionTokens
from clientsvia.transports.whisper_token import WhisperTokens

TOKENS = WhisperTokens([b"a" * 32])
WHISPER = Whisper("demo", "CA" + "1" * 32, 3, "on-call", urgent=True)
NAMES = st.from_regex(r"[a-z0-9][a-z0-9-]*", fullmatch=True)


@given(
    st.builds(
        Whisper,
        NAMES,
        st.from_regex(r"[\w.-]{1,64}", fullmatch=True),
        st.integers(0, 10**6),
        NAMES,
        urgent=st.booleans(),
        unverified=st.booleans(),
    )
)
def test_what_is_written_is_read_again(whisper: Whisper) -> None:
    assert TOKENS.read(TOKENS.write(whisper)) == whisper


@given(st.text())
def test_no_text_is_taken_for_a_token(text: str) -> None:
    assert TOKENS.read(text) is None


@pytest.mark.parametrize(
    "change",
    [
        {"company": "other"},
        {"call_sid": "CA2"},
        {"turn": 4},
        {"target": "me"},
        {"urgent": False},
        {"unverified": True},
    ],
)
def test_a_changed_whisper_is_refused(change: dict[str, Any]) -> None:
    forged = TOKENS.write(replace(WHISPER, **change)).rpartition(".")[0]
    assert TOKENS.read(f"{forged}.{TOKENS.write(WHISPER).rpartition('.')[2]}") is None


def test_tokens_of_the_previous_key_are_believed_and_of_a_stranger_are_not() -> None:
    token = TOKENS.write(WHISPER)
    assert WhisperTokens([b"b" * 32, b"a" * 32]).read(token) == WHISPER
    assert WhisperTokens([b"b" * 32]).read(token) is None


def test_neither_kind_of_token_passes_for_the_other() -> None:
    actions = ActionTokens([b"a" * 32])
    state = CallState("demo", 1_763_800_000, 3, mode=Mode.DIALLING, target="on-call")
    assert actions.read(TOKENS.write(WHISPER), WHISPER.call_sid) is None
    assert TOKENS.read(actions.write(state, "CA1")) is None
