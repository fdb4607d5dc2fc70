"""A caller's words, made comparable: case, punctuation and fillers do not change what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FILLERS = frozenset({"um", "uh", "er", "erm", "hmm", "ah", "oh"})


def words(text: str) -> tuple[str, ...]:
    """Lower-case words without punctuation and fillers; an apostrophe inside a word is dropped."""
    joined = text.lower().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    spaced = "".join(char if char.isalnum() else " " for char in joined)
    return tuple(word for word in spaced.split() if word not in FILLERS)


def find_phrase(phrase: Sequence[str], heard: Sequence[str]) -> int:
    """The position of ``phrase`` within ``heard``, or -1."""
    length = len(phrase)
    return next(
        (at for at in range(len(heard) - length + 1) if tuple(heard[at : at + length]) == phrase),
        -1,
    )


def phrases(*lines: str) -> tuple[tuple[str, ...], ...]:
    """Comma-separated phrases as tuples of words."""
    return tuple(words(phrase) for line in lines for phrase in line.split(","))


def has_any(wanted: Iterable[Sequence[str]], heard: Sequence[str]) -> bool:
    """Whether any of the phrases occurs."""
    return any(find_phrase(phrase, heard) >= 0 for phrase in wanted)
