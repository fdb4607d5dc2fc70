"""Finds a company's urgent phrases in a caller's words: in any order, inflected, with gaps.

"My pipe has burst" and "a burst water pipe" are a "burst pipe"; "it's not a burst pipe" and "do you
fix burst pipes?" are none. Whatever is in doubt counts as urgent. The words are English; in other
languages a phrase is found as it is written.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from clientsvia.calls.words import clauses, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def _vocabulary(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


GAP_AT_MOST = 3  # words of content between those of a phrase: "a pipe under my kitchen sink burst"
_NOT = "not"
_SMALL = _vocabulary(
    "a an the my our your his her their its this that these those some any is are was were am be",
    "been being has have had having got get gets getting do does did just really very so now there",
    "here in on at of to from under over by with it and like i im ive we weve you he she they",
    "theres thats about into through for us me",
)
"""Words that make no phrase and count as no gap."""
_NEGATED = _vocabulary(
    "no not without never isnt arent wasnt werent dont doesnt didnt havent hasnt hadnt aint nothing"
)
_LEAVES_OPEN = _vocabulary(
    "know sure certain only just understand stop stopped stopping believe remember care mind tell"
)
"""After a negation they deny nothing: "I don't know, a burst pipe", "not only a burst pipe"."""
_GOVERNED = _SMALL | _vocabulary(
    "think call calling called because actually exactly anything see seen any longer anymore quite"
)
_INVERTED = _vocabulary("it that this there he she they")
"""After "isn't" they make a question: "isn't that a burst pipe?"."""
_GREETING = _vocabulary("hi hello hey yes yeah so and well ok okay wondering was if question quick")
_ASKS_PRICE = ("how much", "what do you charge", "what does", "whats the price")
_OFFERED = _vocabulary(
    "fix repair do handle service offer deal work cover provide sell replace install treat charge"
)
_PERSONAL = _vocabulary(
    "my our i im ive we weve us me now right help please urgent emergency today tonight",
    "immediately asap quickly quick soon just everywhere come send somebody someone has",
)
_IRREGULAR = {
    "broke": "break", "broken": "break", "froze": "freeze", "frozen": "freeze", "fell": "fall",
    "fallen": "fall", "smelt": "smell", "teeth": "tooth", "bled": "bleed", "stole": "steal",
    "stolen": "steal", "blew": "blow", "blown": "blow", "lost": "lose", "cannot": "cant",
    "shut": "shut", "children": "child",
}  # fmt: skip
_LEAST = 3  # letters that remain of a word


class _Word(NamedTuple):
    """A word as it was said, what it is compared by, and the clause it stands in."""

    said: str
    stem: str
    clause: int


def urgent_phrase(text: str, phrases: tuple[str, ...]) -> str:
    """The first of a company's ``phrases`` that a caller's words report; empty where none."""
    if not phrases:
        return ""
    said = [
        _Word(word, _stem(word), number)
        for number, clause in enumerate(clauses(text))
        for word in clause.split()
    ]
    there = frozenset(word.stem for word in said)
    for phrase, stems in _compiled(phrases):
        if there.issuperset(stems) and any(
            not _denied(said, first, last, stems) for first, last in _places(said, stems)
        ):
            return "" if _only_asks([word.said for word in said]) else phrase
    return ""


@lru_cache(maxsize=256)
def _compiled(phrases: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each phrase with what its words are compared by.

    PERF: 200 phrases add 20 us to a turn; making their stems each time would add 1.6 ms.
    """
    made = []
    for phrase in phrases:
        own = [word for word in words(phrase) if word not in _SMALL] or list(words(phrase))
        if own:
            made.append((phrase, tuple(dict.fromkeys(map(_stem, own)))))
    return tuple(made)


def _stem(word: str) -> str:
    """What a word has in common with its inflections: pipes and pipe, flooding and flooded."""
    if word in _NEGATED:
        return _NOT
    word = _IRREGULAR.get(word, word)
    for ending in ("ing", "ed", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST and word[-2:] != "ss":
            word = word.removesuffix(ending)
            break
    if len(word) > _LEAST and (word[-1] == "e" or word[-1] == word[-2]):
        word = word[:-1]
    return f"{word[:-1]}i" if word.endswith("y") and len(word) > _LEAST else word


def _places(said: Sequence[_Word], stems: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """The first and last word of each place where all stems stand close together.

    Words of a phrase with a negation stand in its order: "no heat" is not "heat? no".
    """
    for first, word in enumerate(said):
        if word.stem not in stems or (_NOT in stems and word.stem != stems[0]):
            continue
        missing, gap = list(stems), 0
        for last in range(first, len(said)):
            stem = said[last].stem
            if stem in missing and (_NOT not in stems or stem == missing[0]):
                missing.remove(stem)
            elif said[last].said not in _SMALL:
                gap += 1
            if gap > GAP_AT_MOST:
                break
            if not missing:
                yield first, last
                break


def _denied(said: Sequence[_Word], first: int, last: int, stems: tuple[str, ...]) -> bool:
    """Whether a negation governs the place: one within it, or before it with little between."""
    if _NOT in stems:
        return False
    return any(
        word.stem == _NOT and word.clause == said[last].clause and _governs(said, at, first, last)
        for at, word in enumerate(said[:last])
    )


def _governs(said: Sequence[_Word], at: int, first: int, last: int) -> bool:
    following = said[at + 1].said
    if following in _LEAVES_OPEN or (said[at].said.endswith("nt") and following in _INVERTED):
        return False
    if at > first:
        return all(word.said in _GOVERNED or word.stem != _NOT for word in said[at + 1 : last])
    between = [word.said for word in said[at + 1 : first]]
    if said[at].said == "no":
        return not between
    return all(word in _GOVERNED for word in between)


def _only_asks(said: Sequence[str]) -> bool:
    """Whether somebody asks what is done or what it costs, and tells of nothing that happened."""
    asked = list(said)
    while asked and asked[0] in _GREETING:
        del asked[0]
    if not _PERSONAL.isdisjoint(asked):
        return False
    whole = " ".join(asked)
    if whole.startswith(_ASKS_PRICE):
        return True
    offered = asked[3:4] if asked[2:3] == ["guys"] else asked[2:3]
    return asked[:2] == ["do", "you"] and not _OFFERED.isdisjoint(offered)
