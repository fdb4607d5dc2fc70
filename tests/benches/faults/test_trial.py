"""A short run of the whole: the real service, while everything changes every few seconds."""

from __future__ import annotations

import pytest

from benches.faults.report import as_data, failed
from benches.faults.trial import Plan, tried
from benches.faults.troubles import TROUBLES

TURNS, CALLS = 60, 3
A_BUSY_MACHINE_S = 10.0


@pytest.mark.slow
def test_callers_are_answered_while_everything_fails_in_turn() -> None:
    mix = next(trouble for trouble in TROUBLES if trouble.name == "mix")
    played = []
    plan = Plan(TURNS, 20, CALLS, margin=A_BUSY_MACHINE_S, pause=1.0, seed=1)
    trial = tried(mix, plan, lambda: played.append(1))

    told = as_data(trial)
    assert len(played) == told["turns"] == TURNS
    assert told["calls"] == CALLS
    assert told["answers"] > TURNS
    assert told["asked"]["model"] > 0
    assert told["asked"]["voice"] > 0
    assert not failed([trial]), (told["wrong"], told["samples"], told["bad_calls"])
