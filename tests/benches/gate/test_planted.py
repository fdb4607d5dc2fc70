from __future__ import annotations

from typing import TYPE_CHECKING

from benches.gate.planted import INSTRUCTIONS, VARIABLE, calls_for

if TYPE_CHECKING:
    import pytest


def test_five_percent_more_calls_are_planted_on_demand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert (calls_for(100), calls_for(300)) == (100, 300)
    monkeypatch.setenv(VARIABLE, INSTRUCTIONS)
    assert (calls_for(100), calls_for(300)) == (105, 315)
