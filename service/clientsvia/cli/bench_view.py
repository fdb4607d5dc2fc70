"""How what a bench found looks in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from clientsvia.rehearsal.figures import Figures, Matching

_COLUMNS = ("p50", "p90", "p99", "saving", "hit", "generations", "wasted", "fillers")


def speculation(rows: Sequence[Figures], *, said: int) -> RenderableType:
    """A row for each policy, the default marked."""
    table = Table("start policy", box=None, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(column, justify="right")
    for row in rows:
        name = f"{row.policy} (default)" if row.default else row.policy
        saving = "-" if row.saving_vs_oracle is None else f"{row.saving_vs_oracle:.0%}"
        waits = (f"{wait:.0f}" for wait in (row.p50_ms, row.p90_ms, row.p99_ms))
        counts = (f"{row.generations_per_turn:.2f}", f"{row.tokens_wasted:.0f}")
        hit, fillers = f"{row.hit_rate:.0%}", f"{row.filler_rate:.1%}"
        table.add_row(
            name, *waits, saving, hit, *counts, fillers, style="bold" if row.default else ""
        )
    asked = rows[0].turns if rows else 0
    legend = (
        f"{asked} of {said} turns ask for an answer. Times in ms from the final words to the sound "
        "of the answer's first sentence; saving of the oracle's in the median; generations begun "
        "and tokens wasted for each turn."
    )
    return Group(table, Text(legend, "dim"))


def matching(result: Matching) -> RenderableType:
    """Both counts, and what was judged wrong."""
    share = result.noise_accepted / result.noise
    wrong = "bold red" if result.false_accepts else ""
    lines = [
        Text(f"{result.false_accepts} of {result.changed} changed meanings accepted", wrong),
        Text(f"{result.noise_accepted} of {result.noise} ({share:.1%}) with noise alone accepted"),
    ]
    for pair in result.mistakes:
        taken = "taken for the same" if not pair.same else "taken for another"
        lines.append(Text(f"{taken} ({pair.kind}): {pair.one} | {pair.other}", "dim"))
    return Group(*lines)
