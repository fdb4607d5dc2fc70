"""What callers said, read from a file to measure on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.errors import InvalidInput
from clientsvia.rehearsal.respelling import bare

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COLUMNS = 3


def read_turns(path: Path, most: int | None = None) -> list[str]:
    """The texts of a file of ``dialogue<TAB>turn<TAB>text``, in its order.

    Raises InvalidInput for a file that cannot be read or holds something else.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path} cannot be read ({error}): name a text file in UTF-8") from error
    texts = []
    for number, line in enumerate(lines, 1):
        columns = line.split("\t")
        if len(columns) != COLUMNS or not columns[2].split():
            raise InvalidInput(
                f"{path}, line {number} is no turn: write dialogue, turn and text, tabs between"
            )
        texts.append(columns[2])
    if not texts:
        raise InvalidInput(f"{path} holds no turns: give a file with what callers said")
    return texts[:most]


def vocabulary(texts: Sequence[str]) -> list[str]:
    """The words of the texts, and enough others that one can always be mistaken for another."""
    own = {bare(word).lower() for text in texts for word in text.split()}
    return sorted(own - {""} | {"doors", "drains"})
