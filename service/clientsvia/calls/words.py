"""A caller's words, made comparable: case, punctuation and fillers do not change what is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

FILLERS = frozenset({"um", "uh", "er", "erm", "hmm", "ah", "oh"})
SOUNDS = (
    ("uh-huh", "uhhuh"),
    ("uh huh", "uhhuh"),
    ("mm-hmm", "uhhuh"),
    ("mm hmm", "uhhuh"),
    ("mhm", "uhhuh"),
    ("nuh-uh", "uhuh"),
    ("uh-uh", "uhuh"),
)
"""Yes and no as sounds, each made one word before fillers are dropped."""
PAUSES = str.maketrans(dict.fromkeys(",.;:!?\N{EN DASH}\N{EM DASH}", "\n"))


def words(text: str) -> tuple[str, ...]:
    """Lower-case words without punctuation and fillers; an apostrophe inside a word is dropped."""
    joined = text.lower().replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")
    for sound, word in SOUNDS:
        joined = joined.replace(sound, word)
    spaced = "".join([char if char.isalnum() else " " for char in joined])
    return tuple([word for word in spaced.split() if word not in FILLERS])


def clauses(text: str) -> tuple[str, ...]:
    """The padded clauses of a text, as far as its punctuation tells them apart."""
    return tuple(padded(words(part)) for part in text.translate(PAUSES).splitlines())


def padded(heard: Iterable[str]) -> str:
    """Words in one text with a space around each: a phrase is in it only as whole words.

    PERF: finding sixty phrases in a text takes 2 us, in a tuple of words over 100.
    """
    return f" {' '.join(heard)} "


def phrases(*lines: str) -> tuple[str, ...]:
    """Comma-separated phrases, each padded."""
    return tuple(padded(words(phrase)) for line in lines for phrase in line.split(","))


def has_any(wanted: Iterable[str], heard: str) -> bool:
    """Whether any of the padded phrases is in a padded text."""
    return any(map(heard.__contains__, wanted))
