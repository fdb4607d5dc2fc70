from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from clientsvia.cli import app

SAMPLE = Path(__file__).parents[1] / "rehearsal/data/turns.tsv"


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["bench", *arguments])


def test_speculation_runs_between_two_bounds_with_the_default_marked() -> None:
    result = run("speculation", str(SAMPLE), "--json")
    assert result.exit_code == 0
    found = orjson.loads(result.stdout)
    rows = {row["policy"]: row for row in found["policies"]}
    assert list(rows) == ["none", "oracle", "quiet-600", "quiet-300", "balanced", "eager"]
    assert [name for name, row in rows.items() if row["default"]] == ["balanced"]
    assert (found["said"], rows["none"]["turns"]) == (12, 9)
    assert rows["none"]["saving_vs_oracle"] == 0
    assert rows["oracle"]["saving_vs_oracle"] == 1


def test_a_seed_decides_everything() -> None:
    one, same, other = (
        run("speculation", str(SAMPLE), "--json", "--policy", "eager", "--seed", seed).stdout
        for seed in ("1", "1", "2")
    )
    assert one == same != other


def test_people_get_a_table() -> None:
    result = run("speculation", str(SAMPLE), "--policy", "balanced", "--turns", "4")
    assert "balanced (default)" in result.stdout
    assert "3 of 4 turns ask for an answer" in " ".join(result.stdout.split())


def test_an_unknown_policy_is_refused_with_those_that_exist() -> None:
    result = run("speculation", str(SAMPLE), "--policy", "boldly")
    assert "there is no policy boldly: use one of none, quiet-600" in str(result.exception)


def test_turns_that_ask_nothing_are_nothing_to_measure(tmp_path: Path) -> None:
    file = tmp_path / "thanks.tsv"
    file.write_text("a\t0\tThanks, goodbye.\n")
    assert "asks for an answer" in str(run("speculation", str(file)).exception)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_matching_counts_both_kinds_of_pairs(seed: str) -> None:
    result = run("matching", str(SAMPLE), "--pairs", "500", "--seed", seed, "--json")
    assert result.exit_code == 0
    found = orjson.loads(result.stdout)
    assert (found["changed"], found["false_accepts"], found["noise"]) == (500, 0, 500)
    assert found["noise_accepted"] >= 475


def test_people_are_told_what_was_judged_wrong() -> None:
    printed = " ".join(run("matching", str(SAMPLE), "--pairs", "300").stdout.split())
    assert "0 of 300 changed meanings accepted" in printed
    assert "with noise alone accepted" in printed
