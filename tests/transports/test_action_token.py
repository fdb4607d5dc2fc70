from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientsvia.calls.state import CallState, Dialling, Mode, Pending, Purpose
from clientsvia.transports.action_token import ActionTokens

TOKENS = ActionTokens([b"a" * 32])
STATE = CallState("demo", 1_763_800_000, 3, 1, 0, Mode.DIALLING, "on-call")


class Later(StrEnum):
    """A mode this version does not know."""

    DREAMING = "z"


COUNTS = st.integers(min_value=0, max_value=10**12)
NAMES = st.from_regex(r"[a-z0-9][a-z0-9-]*", fullmatch=True)


@given(
    st.builds(
        CallState,
        NAMES,
        COUNTS,
        COUNTS,
        COUNTS,
        COUNTS,
        st.sampled_from(Mode),
        NAMES,
        unverified=st.booleans(),
    ),
    st.text(),
)
def test_what_is_written_is_read_again(state: CallState, call_sid: str) -> None:
    assert TOKENS.read(TOKENS.write(state, call_sid), call_sid) == state


IDS = st.lists(NAMES, max_size=4).map(tuple)


@given(
    st.builds(
        CallState,
        NAMES,
        COUNTS,
        mode=st.just(Mode.DIALLING),
        unverified=st.booleans(),
        urgent=st.booleans(),
        dialling=st.none() | st.builds(Dialling, st.sampled_from(Purpose), IDS, IDS),
        pending=st.none() | st.just(Pending("ab", 1, 1_763_800_000_000)),
    )
)
def test_who_is_rung_and_who_was_tried_travel_along(state: CallState) -> None:
    assert TOKENS.read(TOKENS.write(state, "CA1"), "CA1") == state


def test_a_token_is_worth_nothing_on_another_call() -> None:
    assert TOKENS.read(TOKENS.write(STATE, "CA1"), "CA2") is None


@given(st.text())
def test_no_text_is_taken_for_a_token(text: str) -> None:
    assert TOKENS.read(text, "CA1") is None


@pytest.mark.parametrize(
    "change", [{"company": "other"}, {"turn": 4}, {"target": "office"}, {"unverified": True}]
)
def test_a_changed_state_is_refused(change: dict[str, object]) -> None:
    token = TOKENS.write(STATE, "CA1")
    forged = TOKENS.write(replace(STATE, **change), "CA1")  # type: ignore[arg-type]
    payload, mac = forged.rpartition(".")[0], token.rpartition(".")[2]
    assert TOKENS.read(f"{payload}.{mac}", "CA1") is None


def test_tokens_of_the_previous_key_are_believed_and_of_a_stranger_are_not() -> None:
    token = TOKENS.write(STATE, "CA1")
    assert ActionTokens([b"b" * 32, b"a" * 32]).read(token, "CA1") == STATE
    assert ActionTokens([b"b" * 32]).read(token, "CA1") is None


@pytest.mark.parametrize("change", [{"target": "office.and.more"}, {"mode": Later.DREAMING}])
def test_a_token_of_another_version_is_none_of_ours(change: dict[str, Any]) -> None:
    later = replace(STATE, **change)
    assert TOKENS.read(TOKENS.write(later, "CA1"), "CA1") is None
