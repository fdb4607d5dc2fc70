"""A model's text as it streams in, cut into sentences that are written for the ear."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clientsvia.calls.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_AT_MOST = 120  # characters: the caller waits for the first, so it may end at a clause
LATER_AT_MOST = 240
LOOK_AHEAD = 2  # the space after an end, and the first letter of what follows
NEVER_LAST = frozenset(
    (
        "dr mr mrs ms prof st mt ft jr sr vs e.g i.e approx ca apt ste ave blvd rd hwy dept "
        "mon tue tues wed thu thur thurs fri jan feb mar apr jun jul aug sep sept oct nov dec "
        "gen rep sen rev hon capt col sgt lt"
    ).split()
)
"""Abbreviations that something follows; "no." is none of them, for it answers questions."""
MAYBE_LAST = frozenset(
    "a.m p.m am pm etc inc co ltd llc corp u.s u.s.a hr hrs min mins sq sat sun".split()
)
"""Abbreviations that end a sentence where a capital follows."""
_QUOTES = "\"'\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
_END = re.compile(rf"(?P<word>[^\s(\[\"']*?)(?P<end>[.!?]+[)\]*_{_QUOTES}]*)(?=\s)")
_CLAUSE = re.compile(
    r"[,;:](?=\s)|\s(?=(?:and|but|or|which|because|so|while|\N{EN DASH}|\N{EM DASH}|-) )"
)
_LIST_NUMBER = re.compile(r"\d{1,2}")


class Ear:
    """Takes pieces of a text, however they are cut, and gives its sentences as soon as they end.

    Whether a sentence ends somewhere depends on the text up to the first letter after it alone:
    the sentences of a text are the same whatever its pieces.
    """

    def __init__(self, language: str = "en-US") -> None:
        self._language = language
        self._text = ""
        self._space = ""
        self._at_most = FIRST_AT_MOST

    def hear(self, piece: str) -> list[str]:
        """The sentences that this piece completes."""
        for char in piece:
            self._add(char)
        return list(self._take(whole=False))

    def finish(self) -> list[str]:
        """What is left when the text is complete."""
        return list(self._take(whole=True))

    def _add(self, char: str) -> None:
        """Add a letter; white space waits for the next letter, so that a run of it is one."""
        if char.isspace():
            self._space = "\n" if "\n" in (char, self._space) else " "
            return
        self._text += (self._space if self._text else "") + char
        self._space = ""

    def _take(self, *, whole: bool) -> Iterator[str]:
        while self._text and (end := self._end(whole=whole)):
            cut, following = self._text[:end], self._text[end : end + 1]
            self._text = self._text[end:].lstrip()
            if sentence := spoken(cut, self._language):
                self._at_most = LATER_AT_MOST
                goes_on = following not in ("", "\n") and cut[-1].isalnum()
                yield sentence.removesuffix(".") if goes_on else sentence

    def _end(self, *, whole: bool) -> int:
        """Where the first sentence ends, 0 while that cannot be told."""
        window = self._text[: self._at_most + LOOK_AHEAD]
        end = _first_end(window)
        if 0 < end <= self._at_most:
            return end
        if len(self._text) >= self._at_most + LOOK_AHEAD:
            return _clause_end(window[: self._at_most])
        return len(self._text) if whole else 0


def sentences(text: str, language: str = "en-US") -> tuple[str, ...]:
    """The sentences of a whole text, for the ear."""
    ear = Ear(language)
    return (*ear.hear(text), *ear.finish())


def _first_end(window: str) -> int:
    """The end of the first sentence or line that is complete, 0 for none."""
    line = window.find("\n")
    for match in _END.finditer(window, 0, line + 1 or len(window)):
        if _ends(match, window):
            return match.end()
    return max(line, 0)


def _ends(match: re.Match[str], window: str) -> bool:
    word, end = match["word"].lower(), match["end"]
    if not end.startswith("."):
        return True
    if end.startswith("..") or _LIST_NUMBER.fullmatch(window, 0, match.end("word")):
        return False
    if word in MAYBE_LAST:
        return window[match.end() :].lstrip()[:1].isupper()
    return word not in NEVER_LAST and not _initial(word)


def _initial(word: str) -> bool:
    """Whether a letter alone stands for a name, as in "J. Smith"."""
    return len(word) == 1 and word.isalpha() and word != "i"


def _clause_end(text: str) -> int:
    """The last place in an over-long text where a speaker may breathe; else its last space."""
    ends = [match.end() for match in _CLAUSE.finditer(text)]
    late = [end for end in ends if end >= len(text) // 3]
    if late:
        return late[-1]
    space = text.rfind(" ")
    return space if space > 0 else len(text)
