"""What the documents show: their blocks, and the commands in them with what these print."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(ROOT.glob("docs/*.md"))]

_BLOCK = re.compile(r"^( *)```(\w+)\n(.*?)^\1```$", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"# ([\w-]+\.ya?ml)\b")
_INLINE = re.compile(r"`((?:[A-Z_]+=\S+ )*clientsvia [^`]+)`")

# Of a run are its latencies, moments and lengths; tables are as wide as what they hold.
_OF_A_RUN = (
    (re.compile(r"\b\d\d:\d\d:\d\d\b"), "TIME"),
    (re.compile(r"\b\d:\d\d\b"), "LENGTH"),
    (re.compile(r"\b\d+\.\d+\b"), "FIGURE"),
    (re.compile(r"[━─]+"), "-"),
)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page; ``name`` is the file that its first line says it is."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def name(self) -> str:
        found = _NAME.match(self.text)
        return found.group(1) if found else ""

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


@dataclass(frozen=True)
class Shown:
    """A command line with what the page shows of its output; empty when it shows none."""

    block: Block
    command: str
    output: str


def blocks(language: str, *pages: Path) -> list[Block]:
    return [
        Block(page, text.count("\n", 0, found.start()) + 1, language, dedent(found.group(3)))
        for page in pages or PAGES
        for text in (page.read_text(),)
        for found in _BLOCK.finditer(text)
        if found.group(2) == language
    ]


def shown(page: Path) -> Iterator[Shown]:
    """The lines after a dollar sign, each with what stands below it."""
    for block in blocks("console", page):
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield Shown(block, command, output)


def mentioned() -> list[str]:
    """Commands that sentences and tables name."""
    return sorted({command for page in PAGES for command in _INLINE.findall(page.read_text())})


def agrees(expected: str, printed: str) -> bool:
    """Whether a page shows what was printed: figures of a run aside, and ``…`` for any words."""
    parts = [re.escape(part) for part in _plain(expected).split("…")]
    return re.fullmatch(".*".join(parts), _plain(printed), re.DOTALL) is not None


def _plain(text: str) -> str:
    for pattern, name in _OF_A_RUN:
        text = pattern.sub(name, text)
    return " ".join(text.split())
