"""How the gate's findings are told: a table and the biggest contributors, or JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.table import Table

from benches.gate.compare import INSTRUCTIONS, RATIOS, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from benches.gate.compare import Contributor, Finding

COLOURS = {Verdict.SAME: "green", Verdict.SLOWER: "red"}
ACCEPT = 'make gate-accept REASON="why it moved"'
REMEDIES = {
    Verdict.SLOWER: f"make it cheaper, or accept it with a reason: {ACCEPT}",
    Verdict.FASTER: f"better: hold on to it with {ACCEPT}",
    Verdict.NEW: f"not in the baseline: add it with {ACCEPT}",
    Verdict.GONE: f"no longer measured: drop it with {ACCEPT}",
}


def show(console: Console, findings: Sequence[Finding]) -> None:
    """The table of all figures."""
    table = Table("figure", "baseline", "now", "change", "verdict", title="Latency gate")
    for column in table.columns[1:4]:
        column.justify = "right"
    for finding in findings:
        colour = COLOURS.get(finding.verdict, "yellow")
        table.add_row(
            finding.subject,
            figure(finding.before),
            figure(finding.after),
            f"{finding.change:+.1%}" if finding.before and finding.after else "",
            f"[{colour}]{finding.verdict}[/]",
        )
    console.print(table)
    console.print(
        f"instructions a call (±{INSTRUCTIONS:.0%}) and ratios to Granian's hello (±{RATIOS:.0%})",
        style="dim",
    )


def explain(console: Console, finding: Finding) -> None:
    """What to do about a finding that does not pass, and what contributed most to it."""
    told = f"{finding.subject}: {finding.verdict}; {REMEDIES[finding.verdict]}"
    console.print(told, markup=False, soft_wrap=True)
    for kind, contributors in (
        ("instructions", finding.compiled),
        ("bytecodes", finding.python),
    ):
        for one in contributors:
            console.print(f"  {_line(one)} {kind} in {one.name}", markup=False, soft_wrap=True)


def _line(one: Contributor) -> str:
    return f"{one.change:+12,.1f} ({one.before:,.0f} to {one.after:,.0f})"


def figure(value: float) -> str:
    """A count in whole instructions, a ratio with its decimals."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value else "none"


def as_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The findings as JSON takes them."""
    return [
        asdict(finding) | {"change": finding.change, "passes": finding.passes}
        for finding in findings
    ]
