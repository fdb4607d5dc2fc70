"""What commands print with ``--json``: one document, for other programs."""

from __future__ import annotations

import sys

import orjson


def write_json(data: object) -> None:
    """Print plain data as indented JSON, and nothing else."""
    sys.stdout.write(orjson.dumps(data, option=orjson.OPT_INDENT_2).decode() + "\n")
