"""Every YAML a document shows can be imported, or played."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

import pytest
import yaml
from pydantic import BaseModel

from clientsvia.calls.money.prices import Prices, read_prices
from clientsvia.companies.files import read_profiles
from clientsvia.companies.profile import CompanyProfile
from clientsvia.simulator.script import parse_script
from tests.docs.pages import ROOT, blocks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.docs.pages import Block

YAML = blocks("yaml")
REQUIRED = "slug: a\nname: A\ntime_zone: America/New_York\n"
COMPANIES = ROOT / "docs/companies.md"


def of_prices(block: Block) -> bool:
    return "models" in yaml.safe_load(block.text)


def of_a_script(block: Block) -> bool:
    return "steps" in yaml.safe_load(block.text)


PROFILES = [b for b in YAML if not of_a_script(b) and not of_prices(b)]


@pytest.mark.parametrize("block", [b for b in YAML if of_prices(b)], ids=str)
def test_every_file_of_prices_can_be_read(block: Block, tmp_path: Path) -> None:
    file = tmp_path / "prices.yaml"
    file.write_text(block.text)
    assert read_prices(file) != Prices()


@pytest.mark.parametrize("block", [b for b in YAML if of_a_script(b)], ids=str)
def test_every_script_can_be_played(block: Block) -> None:
    assert parse_script(block.text).steps


@pytest.mark.parametrize("block", PROFILES, ids=str)
def test_every_profile_or_part_of_one_can_be_imported(block: Block, tmp_path: Path) -> None:
    file = tmp_path / "profile.yaml"
    file.write_text(block.text if "slug" in yaml.safe_load(block.text) else REQUIRED + block.text)
    (found,) = read_profiles([file])
    assert found.profile.model_fields_set


def test_the_page_shows_every_field_of_a_profile() -> None:
    named = {
        name for block in blocks("yaml", COMPANIES) for name in re.findall(r"\b(\w+):", block.text)
    }
    assert set(fields(CompanyProfile)) - named == set()


def fields(model: type[BaseModel]) -> Iterator[str]:
    """The names of a model's fields and of those within, as a file has them."""
    for name, field in model.model_fields.items():
        yield field.alias or name
        for part in (field.annotation, *get_args(field.annotation)):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from fields(part)
