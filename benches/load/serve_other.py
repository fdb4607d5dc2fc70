"""Serves another ASGI application with the very settings that ``clientsvia serve`` gives Granian.

``python -m benches.load.serve_other MODULE:APP PORT``
"""

from __future__ import annotations

import sys


def serve(target: str, port: str) -> None:
    """Run what ``clientsvia serve`` becomes, with another application in it."""
    from clientsvia import server  # noqa: PLC0415 - workers import this module again, and need none of it
    from clientsvia.settings import load_settings  # noqa: PLC0415 - likewise

    server.run(load_settings(port=int(port)), target)


if __name__ == "__main__":
    serve(sys.argv[1], sys.argv[2])
