"""What a text must look like to be read as a number, and where an extension begins in it.

libphonenumber says it in two patterns over all of Unicode, without regard to case. Characters that
no pattern tells apart form a class; the automata read classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from phonenumbers import phonenumberutil

import patterns
from machine import Language
from patterns import DIGIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

VIABLE: str = phonenumberutil._VALID_PHONE_NUMBER_PATTERN.pattern  # noqa: SLF001 - nowhere public
EXTENSION: str = phonenumberutil._EXTN_PATTERNS_FOR_PARSING  # noqa: SLF001 - likewise

BASIC_PLANE = range(0x10000)
OTHER, ANY_DIGIT = 0, 1
PLAIN = " -.()+"


def folded(character: str) -> str:
    """A character as comparing without regard to case sees it: one to one, as Java does it."""
    if character == "\u0130":  # İ, which Python lowers to two characters
        return "i"
    upper = character.upper()
    upper = upper if len(upper) == 1 else character
    lower = upper.lower()
    return lower if len(lower) == 1 else upper


@dataclass(frozen=True, slots=True)
class Classes:
    """The class of every character that a pattern names; ``OTHER`` is any that none does."""

    of: Mapping[str, int]
    count: int


@dataclass(frozen=True, slots=True)
class Automaton:
    """Rows of the state after each class; state 0 is the dead one."""

    start: int
    rows: Sequence[tuple[int, ...]]
    accepting: Sequence[bool]


def classify(*trees: patterns.Node) -> Classes:
    """Put characters that every set of the trees treats alike into one class."""
    sets = [frozenset(map(folded, members)) for tree in trees for members in _sets(tree)]
    named = frozenset(chain.from_iterable(sets))
    signatures: dict[tuple[bool, ...], int] = {}
    of = {}
    for character in (DIGIT, *map(chr, BASIC_PLANE)):
        plain = character if character == DIGIT else folded(character)
        if plain in named:
            signature = tuple(plain in one for one in sets)
            of[character] = signatures.setdefault(signature, len(signatures) + ANY_DIGIT)
    return Classes(of, len(signatures) + 1)


def compiled(tree: patterns.Node, classes: Classes) -> Automaton:
    """The minimal automaton of a tree over classes."""
    language = Language(_over_classes(tree, classes))
    symbols = [chr(number) for number in range(classes.count)]
    rows: list[tuple[int, ...]] = []
    while len(rows) < len(language.accepts):
        rows.append(tuple(language.step(len(rows), symbol) for symbol in symbols))
    return _minimal(language.start, rows, language.accepts)


def plain_classes(classes: Classes, extension: Automaton) -> frozenset[int]:
    """The classes of digits and of everyday punctuation.

    Raises ValueError if an extension could be made of them alone.
    """
    plain = frozenset(classes.of[one] for one in (DIGIT, *PLAIN))
    reached, waiting = {extension.start}, [extension.start]
    while waiting:
        row = extension.rows[waiting.pop()]
        new = {row[symbol] for symbol in plain} - reached
        reached |= new
        waiting += new
    if any(extension.accepting[state] for state in reached):
        raise ValueError(f"an extension may be made of {PLAIN!r} alone")
    return plain


def backwards(tree: patterns.Node) -> patterns.Node:
    """The tree of the same texts read from their end."""
    match tree:
        case patterns.Sequence(parts):
            return patterns.Sequence(tuple(backwards(part) for part in reversed(parts)))
        case patterns.Choice(options):
            return patterns.Choice(tuple(map(backwards, options)))
        case patterns.Repeat(node, least, most):
            return patterns.Repeat(backwards(node), least, most)
        case patterns.Group(number, node):
            return patterns.Group(number, backwards(node))
        case _:
            return tree


def _sets(tree: patterns.Node) -> Iterator[frozenset[str]]:
    match tree:
        case patterns.Chars(members):
            yield members
        case patterns.Sequence(nodes) | patterns.Choice(nodes):
            yield from chain.from_iterable(map(_sets, nodes))
        case patterns.Repeat(node) | patterns.Group(_, node):
            yield from _sets(node)


def _over_classes(tree: patterns.Node, classes: Classes) -> patterns.Node:
    match tree:
        case patterns.Chars(members):
            plain = frozenset(map(folded, members))
            named = (number for one, number in classes.of.items() if folded(one) in plain)
            return patterns.Chars(frozenset(map(chr, named)))
        case patterns.Sequence(parts):
            return patterns.Sequence(tuple(_over_classes(part, classes) for part in parts))
        case patterns.Choice(options):
            return patterns.Choice(tuple(_over_classes(option, classes) for option in options))
        case patterns.Repeat(node, least, most):
            return patterns.Repeat(_over_classes(node, classes), least, most)
        case patterns.Group(number, node):
            return patterns.Group(number, _over_classes(node, classes))
        case _:
            return tree


def _minimal(start: int, rows: Sequence[tuple[int, ...]], accepts: Sequence[bool]) -> Automaton:
    """Moore's algorithm: tell states apart until nothing more does, then number what is left."""
    block = [int(accepting) for accepting in accepts]
    while True:
        seen: dict[tuple[int, ...], int] = {}
        finer = [
            seen.setdefault((block[at], *(block[to] for to in row)), len(seen))
            for at, row in enumerate(rows)
        ]
        if len(seen) == len(set(block)):
            break
        block = finer
    # State 0 of a language is its dead one, hence block 0 is too.
    member = {number: at for at, number in reversed(list(enumerate(finer)))}
    kept = [member[number] for number in range(len(seen))]
    return Automaton(
        finer[start],
        [tuple(finer[to] for to in rows[at]) for at in kept],
        [accepts[at] for at in kept],
    )
