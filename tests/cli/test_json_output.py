from __future__ import annotations

import json
from typing import TYPE_CHECKING

from clientsvia.cli.json_output import write_json

if TYPE_CHECKING:
    import pytest


def test_one_document_is_printed_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"name": "Zoë", "turns": [1, 2]})
    printed = capsys.readouterr().out
    assert json.loads(printed) == {"name": "Zoë", "turns": [1, 2]}
    assert printed.endswith("}\n")
    assert "Zoë" in printed
