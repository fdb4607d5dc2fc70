"""Runs every bench and prints one table of ratios: ``python -m benches --help``."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import pytest
import typer

HERE = Path(__file__).parent
OPTIONS = ("-p", "no:randomly", "--benchmark-only", "--benchmark-quiet", "--quiet", "--no-header")


def bench(
    only: Annotated[str, typer.Option(help="Benches to run, as pytest -k takes them.")] = "",
    quick: Annotated[bool, typer.Option("--quick", help="Leave out slow set-ups.")] = False,  # noqa: FBT002 - typer's flags are booleans
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON alone.")] = False,  # noqa: FBT002 - likewise
) -> None:
    """Time ours beside what else there is, in turn, and say which goals are met."""
    chosen = [*OPTIONS, *(["-k", only] if only else []), *(["-m", "not slow"] if quick else [])]
    if not as_json:
        raise typer.Exit(pytest.main([str(HERE), *chosen]))
    with TemporaryDirectory() as folder:
        file = Path(folder) / "table.json"
        with contextlib.redirect_stdout(sys.stderr):
            status = pytest.main([str(HERE), *chosen, f"--table-json={file}"])
        if file.exists():
            sys.stdout.write(file.read_text(encoding="utf-8"))
    raise typer.Exit(status)


if __name__ == "__main__":
    app = typer.Typer(add_completion=False)
    app.command(
        epilog="Examples: python -m benches · python -m benches --only twiml · "
        "python -m benches --quick --json"
    )(bench)
    app()
