"""``python -m clientsvia`` and the ``clientsvia`` command."""

from __future__ import annotations

import sys

from rich.console import Console

from clientsvia.cli import app
from clientsvia.errors import ClientsViaError


def main() -> None:
    """Run the command line; an error of ours is one message with its remedy, not a traceback."""
    try:
        app()
    except ClientsViaError as error:
        Console(stderr=True, soft_wrap=True).print(f"[bold red]error[/]: {error}", highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
