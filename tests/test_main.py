"""The ``clientsvia`` command itself: errors are for people."""

from __future__ import annotations

import subprocess
import sys

import pytest

from clientsvia.__main__ import main


@pytest.fixture(autouse=True)
def memory(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    monkeypatch.setenv("CLIENTSVIA_STORE", "memory:")
    key = tmp_path_factory.mktemp("keys") / "secret.key"
    monkeypatch.setenv("CLIENTSVIA_SECRET_KEY_FILE", str(key))


def failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[object, str]:
    """Exit code and standard error of a command that must print nothing else."""
    monkeypatch.setattr(sys, "argv", ["clientsvia", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    assert told.out == ""
    return ended.value.code, told.err


def test_an_error_is_one_line_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = failure(monkeypatch, capsys, "company", "show", "nobody")
    assert code == 1
    assert told == "error: no company is called 'nobody': see 'clientsvia company list'\n"


def test_brackets_in_an_error_are_shown_as_they_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, told = failure(monkeypatch, capsys, "company", "show", "[bold]nobody[/] [/x]")
    assert "'[bold]nobody[/] [/x]'" in told


def test_a_wrong_option_is_told_by_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = failure(monkeypatch, capsys, "company", "list", "--colour")
    assert code == 2
    assert "--colour" in told


def test_the_module_runs_as_the_command_does() -> None:
    command = [sys.executable, "-m", "clientsvia", "hours", "explain", "nonsense"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("error: not a usable telephone number (NOT_A_NUMBER)")
    assert "Traceback" not in done.stderr
