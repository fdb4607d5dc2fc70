"""A small generator of sentences: ``{name}`` stands for any line of that name, chosen at random."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

Grammar = "Mapping[str, Sequence[str]]"

_SLOT = re.compile(r"\{(\w+)\}")


def written(grammar: Mapping[str, Sequence[str]], start: str, random: Random) -> str:
    """One sentence of ``start``, a capital first."""
    text = random.choice(grammar[start])
    while match := _SLOT.search(text):
        text = text[: match.start()] + random.choice(grammar[match[1]]) + text[match.end() :]
    text = " ".join(text.split()).replace(" ,", ",").replace(" .", ".").replace(" !", "!")
    return text[:1].upper() + text[1:]
