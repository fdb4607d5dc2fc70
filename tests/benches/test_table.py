from __future__ import annotations

import pytest

from benches.load.ratios import Ratio
from benches.race import Contestant, Goal, Result
from benches.table import as_data, judged


def _result(ours: float, theirs: float, goal: Goal) -> Result:
    same, other = Ratio(1, 1, 1), theirs / ours
    return Result(
        "lookup",
        goal,
        [
            Contestant("clientsvia", [ours, ours * 3, ours * 2], same),
            Contestant("dict", [theirs] * 3, Ratio(other, other, other)),
        ],
    )


@pytest.mark.parametrize(
    ("goal", "met", "said"),
    [
        (Goal(ns=50), True, "met"),
        (Goal(ns=20), False, "missed: 2.00 x as much"),
        (Goal(times=1.25, of="dict"), False, "missed: 1.60 x as much"),
        (Goal(times=2, of="dict"), True, "met"),
        (Goal(), None, ""),
    ],
)
def test_a_goal_is_judged_by_the_best_round_or_the_ratio(
    goal: Goal, met: object, said: str
) -> None:
    verdict = judged(_result(40, 20, goal))
    assert (verdict["met"], verdict["said"]) == (met, said)


def test_json_tells_every_contestant() -> None:
    (told,) = as_data([_result(40, 20, Goal(ns=50))])
    assert told["met"] is True
    assert [one["who"] for one in told["contestants"]] == ["clientsvia", "dict"]
    assert told["contestants"][0]["median_ns"] == 80
    assert told["contestants"][1]["of_ours"] == [0.5, 0.5, 0.5]
