"""The latency gate: ``python -m benches.gate --help``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from benches.gate import baseline, measuring, report, self_test
from benches.gate.base import package_of
from benches.gate.callgrind import ROOT, CannotMeasure, fixed_addresses
from benches.gate.compare import Verdict, compare_counts, compare_ratios
from benches.gate.served import ROUNDS
from benches.load.stacks import DidNotStart

if TYPE_CHECKING:
    from pathlib import Path

    from benches.gate.compare import Finding

EXIT_FAILED, EXIT_NOT_MEASURED = 1, 2
ACCEPT_ROUNDS = 2 * ROUNDS

app = typer.Typer(no_args_is_help=True, add_completion=False)
console = Console(stderr=True)

Json = Annotated[bool, typer.Option("--json", help="Print the findings as JSON on stdout.")]


@app.command(
    epilog="Examples: python -m benches.gate check · "
    "GATE_BASE=HEAD~3 python -m benches.gate check --json"
)
def check(as_json: Json = False) -> None:  # noqa: FBT002 - typer's flags are booleans
    """Compare with the baseline; exit 1 when a figure moved, 2 when there is no base.

    A machine whose key the baseline does not have builds the commit that last moved the baseline,
    and compares with that. GATE_BASE names another commit, whatever the key.
    """
    if not fixed_addresses():
        console.print("setarch -R is refused here: addresses vary, and counts a little with them")
    accepted = baseline.load().accepted.get(baseline.key())
    if accepted is None or baseline.wants_base():
        findings = _beside_a_commit()
    else:
        findings = _beside_the_baseline(accepted)
    if as_json:
        sys.stdout.write(json.dumps(report.as_data(findings)) + "\n")
    else:
        report.show(Console(), findings)
    failing = [finding for finding in findings if not finding.passes]
    for finding in failing:
        report.explain(console, finding)
    if failing:
        raise typer.Exit(EXIT_FAILED)


def _beside_the_baseline(accepted: baseline.Accepted) -> list[Finding]:
    counted = compare_counts(accepted.counts, measuring.counts(console))
    return [*counted, *_confirmed(compare_ratios(accepted.ratios, measuring.ratios(console)))]


def _confirmed(served: list[Finding]) -> list[Finding]:
    """Ratios that moved are taken again beside the base itself.

    What another machine of this kind, or another load on it, does to hello and to ours alike
    differs a little: only what the base shows as well is a change of the code.
    """
    moved = {Verdict.SLOWER, Verdict.FASTER} & {one.verdict for one in served}
    commit = baseline.base_commit() if moved else None
    if commit is None:
        return served
    console.print(f"a ratio moved: building {commit[:12]} to serve beside it")
    with package_of(commit) as base:
        return _served_beside(base)


def _beside_a_commit() -> list[Finding]:
    commit = baseline.base_commit()
    if commit is None:
        raise CannotMeasure(
            f"no baseline for {baseline.key()}, and no commit to measure instead: fetch the whole "
            f"history (git fetch --unshallow), or set {baseline.BASE} to a commit that is here"
        )
    console.print(f"building {commit[:12]} to compare with")
    with package_of(commit) as base:
        before = measuring.counts(console, base)
        return [*compare_counts(before, measuring.counts(console)), *_served_beside(base)]


def _served_beside(base: Path) -> list[Finding]:
    beside = measuring.beside(console, base)
    return compare_ratios(dict.fromkeys(beside, 1.0), beside)


@app.command(epilog='Example: python -m benches.gate accept --reason "templates fill in one pass"')
def accept(
    reason: Annotated[str, typer.Option(help="Why the figures moved, for whoever asks later.")],
) -> None:
    """Measure, and move the baseline to what came out; commit the file with the change."""
    known, name = baseline.load(), baseline.key()
    counts = measuring.counts(console)
    ratios = measuring.ratios(console, rounds=ACCEPT_ROUNDS)
    old = known.accepted.get(name, baseline.Accepted({}, {}))
    findings = [*compare_counts(old.counts, counts), *compare_ratios(old.ratios, ratios)]
    changes = {
        finding.subject: f"{report.figure(finding.before)} to {report.figure(finding.after)}"
        for finding in findings
        if finding.verdict is not Verdict.SAME
    }
    figures = baseline.Accepted(counts, {name: one.middle for name, one in ratios.items()})
    baseline.save(baseline.moved(known, name, figures, reason, changes))
    report.show(Console(), findings)
    console.print(f"the baseline moved: commit {baseline.FILE.relative_to(ROOT)}")


@app.command("self-test", epilog="Example: python -m benches.gate self-test --runs 20")
def try_itself(
    runs: Annotated[int, typer.Option(min=0, help="Runs of the same code, all to pass.")] = 1,
    short: Annotated[bool, typer.Option("--short", help="Count but two of the functions.")] = False,  # noqa: FBT002 - likewise
) -> None:
    """See that the gate fails on planted slowdowns of both kinds, and passes on the same code."""
    if not self_test.passes(console, runs, short=short):
        raise typer.Exit(EXIT_FAILED)


def main(**options: Any) -> None:  # noqa: ANN401 - typer's
    """Run a command; what cannot be measured ends with 2, never with success."""
    try:
        app(**options)
    except (CannotMeasure, DidNotStart) as error:
        console.print(f"the gate cannot measure: {error}", style="red", markup=False)
        sys.exit(EXIT_NOT_MEASURED)


if __name__ == "__main__":
    main()
