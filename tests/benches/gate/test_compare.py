from __future__ import annotations

import pytest

from benches.gate.callgrind import Count
from benches.gate.compare import Verdict, compare_counts, compare_ratios
from benches.load.ratios import Ratio


def _count(total: float, **functions: float) -> Count:
    return Count(total, functions, {f"{name}.py": cost for name, cost in functions.items()})


@pytest.mark.parametrize(
    ("after", "verdict"),
    [
        (1_000, Verdict.SAME),
        (1_029, Verdict.SAME),
        (1_031, Verdict.SLOWER),
        (1_050, Verdict.SLOWER),
        (971, Verdict.SAME),
        (969, Verdict.FASTER),
    ],
)
def test_instructions_may_move_by_three_percent_either_way(after: int, verdict: Verdict) -> None:
    (finding,) = compare_counts({"verify": _count(1_000)}, {"verify": _count(after)})
    assert finding.verdict is verdict
    assert finding.passes is (verdict is Verdict.SAME)


def test_a_finding_names_the_biggest_contributors_first() -> None:
    before = _count(1_000, digest=600, payload=200, compare=200)
    after = _count(1_150, digest=590, payload=320, compare=200, copy=40)
    (finding,) = compare_counts({"verify": before}, {"verify": after})
    assert [(one.name, one.change) for one in finding.compiled] == [
        ("payload", 120),
        ("copy", 40),
        ("digest", -10),
    ]
    assert [one.name for one in finding.python] == ["payload.py", "copy.py", "digest.py"]


def test_what_only_one_side_has_must_be_accepted() -> None:
    findings = compare_counts({"old": _count(1)}, {"new": _count(2)})
    assert [(one.subject, one.verdict) for one in findings] == [
        ("new", Verdict.NEW),
        ("old", Verdict.GONE),
    ]
    assert not any(one.passes for one in findings)


@pytest.mark.parametrize(
    ("measured", "verdict"),
    [
        (Ratio(1.28, 1.30, 1.33), Verdict.SAME),
        (Ratio(1.35, 1.50, 1.80), Verdict.SAME),
        (Ratio(1.44, 1.50, 1.80), Verdict.SLOWER),
        (Ratio(1.00, 1.10, 1.16), Verdict.FASTER),
        (Ratio(1.00, 1.10, 1.20), Verdict.SAME),
    ],
)
def test_a_ratio_moves_only_with_its_whole_interval(measured: Ratio, verdict: Verdict) -> None:
    (finding,) = compare_ratios({"served CPU": 1.30}, {"served CPU": measured})
    assert finding.verdict is verdict


def test_a_ratio_without_a_baseline_is_new() -> None:
    (finding,) = compare_ratios({}, {"served p50": Ratio(1, 1, 1)})
    assert finding.verdict is Verdict.NEW
