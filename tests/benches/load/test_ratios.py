from __future__ import annotations

from random import Random

from benches.load.ratios import ratio

_RANDOM = Random(3)  # noqa: S311 - noise, no secret
MACHINE = [_RANDOM.choice([1, 1, 2, 8]) for _ in range(60)]


def test_a_machine_that_slows_down_slows_both() -> None:
    ours = [1.3 * slow for slow in MACHINE]
    assert ratio(ours, MACHINE).middle == 1.3
    assert ratio(ours, MACHINE).low == 1.3


def test_the_interval_holds_the_truth_despite_noise() -> None:
    random = Random(5)  # noqa: S311 - likewise
    ours = [1.3 * random.lognormvariate(0, 0.2) for _ in range(60)]
    theirs = [random.lognormvariate(0, 0.2) for _ in range(60)]
    found = ratio(ours, theirs)
    assert found.low < 1.3 < found.high
    assert found.high - found.low < 0.4


def test_the_same_rounds_give_the_same_interval() -> None:
    ours = [one * 1.5 for one in reversed(range(1, 40))]
    theirs = [float(one) for one in range(1, 40)]
    assert ratio(ours, theirs) == ratio(ours, theirs)
