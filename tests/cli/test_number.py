"""``clientsvia number show``."""

from __future__ import annotations

from typing import Any

import orjson
from typer.testing import CliRunner

from clientsvia.cli.number import app


def shown(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    result = CliRunner().invoke(app, ["show", "--json", *arguments])
    return result.exit_code, orjson.loads(result.stdout)


def test_a_number_is_told_whole() -> None:
    assert shown("(239) 555-1212") == (
        0,
        [
            {
                "raw": "(239) 555-1212",
                "e164": "+12395551212",
                "region": "US",
                "kind": "fixed_line_or_mobile",
                "national": "(239) 555-1212",
                "international": "+1 239-555-1212",
                "valid": True,
                "problem": None,
            }
        ],
    )


def test_the_region_is_where_it_is_dialled() -> None:
    code, [number] = shown("--region", "gb", "020 7946 0958")
    assert (code, number["e164"], number["region"]) == (0, "+442079460958", "GB")


def test_numbers_that_will_not_do_are_told_why() -> None:
    code, found = shown("+15551234567", "+1239", "call me", "anonymous")
    assert code == 1
    problems = ["nobody can have it", "wrong length", "write it with its country code"]
    for number, problem in zip(found, [*problems, problems[-1]], strict=True):
        assert problem in number["problem"]
    assert [number["kind"] for number in found] == ["unknown", "unknown", None, "anonymous"]


def test_people_get_a_card_for_each() -> None:
    result = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["show", "(239) 555-1212", "[red]1[/]"])
    assert result.exit_code == 1
    assert "+12395551212" in result.stdout
    assert "[red]1[/]" in result.stdout
