from __future__ import annotations

import pytest

from benches.gate.__main__ import main
from benches.gate.baseline import BASE


def test_without_a_base_the_gate_ends_with_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(BASE, "no-such-commit")
    with pytest.raises(SystemExit) as ended:
        main(args=["check"])
    assert ended.value.code == 2
    assert "git fetch --unshallow" in capsys.readouterr().err.replace("\n", " ")
