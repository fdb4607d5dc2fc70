"""Starts servers, plays the rounds with a bar, and looks at their memory."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import typer
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from benches.load.client import WrongAnswer
from benches.load.process import Memory, memory
from benches.load.rounds import Measured, Plan, measure
from benches.load.stacks import DidNotStart, running
from benches.load.wire import COMPANIES, requests

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from benches.load.stacks import Stack

REQUESTS = 20_000
EACH_ROUND = 2_000  # distinct ones; they come round again


@contextmanager
def told(console: Console) -> Iterator[Path]:
    """A folder for stores and logs; a server that fails is told in its own words."""
    with TemporaryDirectory(prefix="load-") as folder:
        try:
            yield Path(folder)
        except (DidNotStart, WrongAnswer) as error:
            console.print(str(error), style="red", markup=False)
            raise typer.Exit(1) from None


def run(
    stacks: Sequence[Stack],
    plan: Plan,
    folder: Path,
    console: Console,
    companies: int = COMPANIES,
) -> tuple[dict[str, Measured], dict[str, Memory]]:
    """Each server's rounds and its memory after them; logs go to ``folder``."""
    columns = (TextColumn("{task.description:28}"), BarColumn(), TimeElapsedColumn())
    with ExitStack() as stack, Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("signing requests", total=len(stacks) + plan.rounds)
        sent = requests(min(REQUESTS, plan.rounds * EACH_ROUND), companies)
        servers = []
        for one in stacks:
            bar.update(task, description=f"starting {one.name}")
            servers.append(stack.enter_context(running(one, folder)))
            bar.advance(task)
        bar.update(task, description="in turn, over loopback")
        measured = measure(servers, sent, plan, lambda: bar.advance(task))
        return measured, {server.name: memory(server.pid) for server in servers}
