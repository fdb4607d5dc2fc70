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
        # Plain text: a value from a profile may hold what rich would take for markup.
        console = Console(stderr=True, soft_wrap=True, highlight=False)
        console.print("error:", style="bold red", end=" ")
        console.print(str(error), markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
