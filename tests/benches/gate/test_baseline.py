from __future__ import annotations

from typing import TYPE_CHECKING

from benches.gate.baseline import Accepted, Baseline, key, load, moved, save
from benches.gate.callgrind import Count

if TYPE_CHECKING:
    from pathlib import Path

FIGURES = Accepted({"verify": Count(10.5, {"digest": 9.0}, {"a.py:f": 2.0})}, {"served CPU": 1.3})


def test_a_baseline_is_read_as_it_was_saved(tmp_path: Path) -> None:
    kept = moved(Baseline(), "here", FIGURES, "the first", {"verify": "none to 10.5"})
    save(kept, tmp_path / "baseline.json")
    assert load(tmp_path / "baseline.json") == kept


def test_there_need_not_be_a_baseline_yet(tmp_path: Path) -> None:
    assert load(tmp_path / "baseline.json") == Baseline()


def test_a_move_drops_what_other_machines_accepted_of_older_code() -> None:
    first = moved(Baseline(), "there", FIGURES, "the first", {})
    second = moved(first, "here", FIGURES, "faster", {"verify": "12 to 10.5"})
    assert list(second.accepted) == ["here"]
    assert [move.reason for move in second.moves] == ["the first", "faster"]
    assert second.moves[-1].commit


def test_the_key_names_what_counts_depend_on() -> None:
    assert "CPython 3" in key()
    assert "rustc" in key()
    assert "glibc" in key()
    assert key().endswith("release")
