from __future__ import annotations

import io

from rich.console import Console

from benches.gate.compare import Contributor, Finding, Verdict
from benches.gate.report import explain, figure, show

SLOWER = Finding("verify", Verdict.SLOWER, 1_000, 1_060, (Contributor("digest", 600, 660),), ())


def _printed(finding: Finding) -> str:
    console = Console(file=io.StringIO(), width=120)
    show(console, [finding])
    explain(console, finding)
    return str(console.file.getvalue())  # type: ignore[attr-defined] # the StringIO above


def test_a_failure_tells_the_function_its_contributors_and_what_to_do() -> None:
    printed = _printed(SLOWER)
    assert "+6.0%" in printed
    assert "+60.0 (600 to 660) instructions in digest" in printed
    assert 'make gate-accept REASON="' in printed


def test_counts_are_whole_and_ratios_are_not() -> None:
    assert (figure(25_754.3), figure(1.304), figure(0)) == ("25,754", "1.30", "none")
