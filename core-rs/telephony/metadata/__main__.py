"""Compiles the metadata of the installed ``phonenumbers`` into the tables of the core."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE
from rich.console import Console
from rich.progress import Progress

import patterns
from rust import written
from shapes import EXTENSION, VIABLE, backwards, classify, compiled
from tables import Builder

TABLES = Path(__file__).parents[1] / "src" / "e164" / "tables.rs"
EXAMPLES = """examples:
  python core-rs/telephony/metadata            write src/e164/tables.rs
  python core-rs/telephony/metadata --check    fail when it is not what would be written
"""


def main() -> int:
    """Write the tables, or compare them with what is there."""
    parser = argparse.ArgumentParser(
        prog="python core-rs/telephony/metadata",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 on a difference"
    )
    check = parser.parse_args().check
    text = generate()
    if not check:
        TABLES.write_text(text, encoding="utf-8")
    elif TABLES.read_text(encoding="utf-8") != text:
        sys.stderr.write("src/e164/tables.rs is not what the metadata gives: run make metadata\n")
        return 1
    return 0


def generate() -> str:
    """The text of the tables."""
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("calling codes", total=len(COUNTRY_CODE_TO_REGION_CODE))
        tables = Builder().build(lambda _: progress.advance(task))
    viable, extension = patterns.parse(VIABLE), backwards(patterns.parse(EXTENSION))
    classes = classify(viable, extension)
    return written(tables, classes, compiled(viable, classes), compiled(extension, classes))


if __name__ == "__main__":
    sys.exit(main())
