"""What a measurement says beside the baseline: the gate's judgement, without any measuring."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from benches.gate.callgrind import Count
    from benches.load.ratios import Ratio

INSTRUCTIONS = 0.03
RATIOS = 0.10
CONTRIBUTORS = 5


class Verdict(StrEnum):
    """How a figure stands to its baseline."""

    SAME = "same"
    SLOWER = "slower"
    FASTER = "faster"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Contributor:
    """A function's part in a change: instructions (or bytecodes) a call, before and after."""

    name: str
    before: float
    after: float

    @property
    def change(self) -> float:
        """What it adds; negative when it got less."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Finding:
    """One figure beside its baseline, with what contributed most where it moved."""

    subject: str
    verdict: Verdict
    before: float
    after: float
    compiled: tuple[Contributor, ...] = ()
    python: tuple[Contributor, ...] = ()

    @property
    def change(self) -> float:
        """The relative change, 0.05 for 5 % more; 0 where there is nothing to compare with."""
        return self.after / self.before - 1 if self.before else 0.0

    @property
    def passes(self) -> bool:
        """Whether nothing is to be done about it."""
        return self.verdict is Verdict.SAME


def compare_counts(before: Mapping[str, Count], after: Mapping[str, Count]) -> list[Finding]:
    """A finding for each subject on either side, those of ``after`` first."""
    return [_counted(name, before.get(name), after.get(name)) for name in {**after, **before}]


def _counted(name: str, before: Count | None, after: Count | None) -> Finding:
    if before is None or after is None:
        verdict = Verdict.NEW if before is None else Verdict.GONE
        return Finding(name, verdict, _total(before), _total(after))
    verdict = _verdict(after.total / before.total, after.total / before.total, INSTRUCTIONS)
    if verdict is Verdict.SAME:
        return Finding(name, verdict, before.total, after.total)
    return Finding(
        name,
        verdict,
        before.total,
        after.total,
        contributors(before.functions, after.functions),
        contributors(before.bytecodes, after.bytecodes),
    )


def _total(count: Count | None) -> float:
    return 0.0 if count is None else count.total


def contributors(
    before: Mapping[str, float], after: Mapping[str, float], most: int = CONTRIBUTORS
) -> tuple[Contributor, ...]:
    """The functions whose own cost changed most, the biggest change first."""
    changed = [
        Contributor(name, before.get(name, 0.0), after.get(name, 0.0))
        for name in {**after, **before}
        if round(after.get(name, 0.0), 1) != round(before.get(name, 0.0), 1)
    ]
    return tuple(sorted(changed, key=lambda one: -abs(one.change))[:most])


def compare_ratios(before: Mapping[str, float], after: Mapping[str, Ratio]) -> list[Finding]:
    """A finding for each ratio; noise alone moves none.

    The whole interval of a ratio must lie beyond the tolerance, not only its middle.
    """
    return [_ratio(name, before.get(name), measured) for name, measured in after.items()]


def _ratio(name: str, before: float | None, after: Ratio) -> Finding:
    if before is None:
        return Finding(name, Verdict.NEW, 0.0, after.middle)
    verdict = _verdict(after.low / before, after.high / before, RATIOS)
    return Finding(name, verdict, before, after.middle)


def _verdict(low: float, high: float, tolerance: float) -> Verdict:
    if low > 1 + tolerance:
        return Verdict.SLOWER
    return Verdict.FASTER if high < 1 - tolerance else Verdict.SAME
