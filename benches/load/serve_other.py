"""Serves another ASGI application with the very settings that ``clientsvia serve`` gives Granian.

``python -m benches.load.serve_other MODULE:APP PORT``
"""

from __future__ import annotations

import sys
from typing import Any


def serve(target: str, port: str) -> None:
    """Run ``clientsvia serve`` on a store in memory, but hand Granian another application."""
    import granian  # noqa: PLC0415 - workers import this module again, and need none of it

    from clientsvia.__main__ import main  # noqa: PLC0415 - likewise

    original = granian.Granian

    def other(_: str, **options: Any) -> object:  # noqa: ANN401 - Granian's
        return original(target, **options)

    granian.Granian = other  # type: ignore[assignment] # the point of this module
    sys.argv = ["clientsvia", "serve", "--demo", "--port", port]
    main()


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2])
