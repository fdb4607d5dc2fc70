"""A simulated call as a person sees it: the conversation, then what was asked and answered."""

from __future__ import annotations

from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from rich.align import Align
from rich.markup import escape
from rich.padding import Padding
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from clientsvia.simulator.document import parse
from clientsvia.simulator.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from clientsvia.simulator import CallResult, Exchange, Line

_STYLES = {"agent": "cyan", "caller": "green", "callee": "magenta", "twilio": "dim"}
_LEVELS = {"fatal": "bold red", "error": "red", "warning": "yellow"}
_SLOW_MS = 1_000.0


class Conversation:
    """Prints each line as it begins: the agent on the left, the caller on the right."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def __call__(self, line: Line) -> None:
        """Print one line."""
        self._console.print(_aligned(line, self._console.width))


def _aligned(line: Line, width: int) -> Align | Padding:
    minutes, seconds = divmod(int(line.at), 60)
    text = Text.assemble((f"{minutes}:{seconds:02d} ", "dim"), (_wording(line), _STYLES[line.who]))
    third = max(width // 3, 4)
    if line.who == "caller":
        text.justify = "right"
        return Align.right(Padding(text, (0, 0, 0, third)))
    if line.who == "agent":
        return Padding(text, (0, third, 0, 0))
    return Align.center(text)


def _wording(line: Line) -> str:
    if line.kind == "hangs up":
        return f"({line.who} hangs up{': ' + line.text if line.text else ''})"
    if line.kind in {"plays", "presses", "whispers"}:
        return f"({line.kind} {line.text})"
    return f"({line.text})" if line.kind == "notes" else line.text


def show_report(console: Console, result: CallResult, *, documents: bool) -> None:
    """Print the webhooks of a call, its documents when asked for, and what was wrong."""
    console.print()
    console.print(_webhooks(result.requests))
    if documents:
        _show_documents(console, result.requests)
    _show_complaints(console, result)
    totals = result.totals()
    verdict = "[green]well[/]" if result.ok else "[red]not well[/]"
    console.print(
        f"The call ended {verdict} ({result.outcome}) after {totals['seconds']:.0f} s: "
        f"{totals['requests']} webhooks, median {totals['median_ms']:.1f} ms, "
        f"longest {totals['longest_ms']:.1f} ms."
    )


def _webhooks(requests: Iterable[Exchange]) -> Table:
    table = Table("at", "why", "webhook", "status", "ms", box=None, header_style="bold")
    for column in (0, 3, 4):
        table.columns[column].justify = "right"
    for _, group in groupby(requests, key=lambda request: (request.purpose, request.status)):
        together = list(group)
        rows = [together] if together[0].purpose == "partial" else [[one] for one in together]
        for row in rows:
            table.add_row(*_row(row))
    return table


def _row(requests: Sequence[Exchange]) -> tuple[str, str, str, str, str]:
    first = requests[0]
    why = first.purpose if len(requests) == 1 else f"{first.purpose} x {len(requests)}"
    took = median(request.duration_ms for request in requests)
    style = "red" if first.status is None or first.status >= 400 else "default"  # noqa: PLR2004
    pace = "yellow" if took > _SLOW_MS else "default"
    return (
        f"{first.at:.1f}",
        escape(why),
        escape(f"{first.method} {_path(first.url)}"),
        f"[{style}]{first.status or 'none'}[/]",
        f"[{pace}]{took:.1f}[/]",
    )


def _path(url: str) -> str:
    """The address without its origin and without its query, which is long and signed."""
    parts = urlsplit(url)
    return parts.path + ("?…" if parts.query else "")


def _show_documents(console: Console, requests: Iterable[Exchange]) -> None:
    for request in requests:
        if request.purpose in {"partial", "status"} or not request.body:
            continue
        console.print(f"\n[bold]{escape(request.purpose)}[/] answered at {request.at:.1f} s")
        console.print(Syntax(_pretty(request), "xml", background_color="default", word_wrap=True))


def _pretty(request: Exchange) -> str:
    """A document indented; as it came when it is none."""
    try:
        root = parse(request.body, request.content_type)
    except Refusal:
        return request.document
    ET.indent(root)
    return ET.tostring(root, encoding="unicode")


def _show_complaints(console: Console, result: CallResult) -> None:
    for problem in result.problems:
        code = f" {problem.code}" if problem.code else ""
        label = f"[{_LEVELS[problem.level]}]{problem.level}{code}[/]"
        console.print(f"{label} at {problem.at:.1f} s: {escape(problem.message)}")
    for expectation in result.expectations:
        if not expectation.met:
            phrase, after = escape(expectation.phrase), escape(expectation.after)
            console.print(f"[red]expected[/] the agent to say {phrase!r} after: {after}")
    for unsaid in result.unsaid:
        console.print(f"[red]not reached[/] before the call ended: {escape(unsaid)}")
