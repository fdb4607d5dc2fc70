"""Tables written as Rust."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

from forest import DIGITS
from formats import COPY
from patterns import DIGIT
from shapes import ANY_DIGIT, OTHER, plain_classes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from forest import Forest
    from rules import Action, Outcomes
    from shapes import Automaton, Classes
    from tables import CallingCode, Region, Tables

WIDTH = 110
ASCII = 0x80
SHAPE_WIDTH = 64  # a power of two above the number of classes, so that no index is checked

HEADER = """\
// Made by `make metadata` from metadata of libphonenumber {version} (see NOTICE); not for editing.

use super::{{Action, CallingCode, Region, Tail}};

/// The version of the metadata.
pub const VERSION: &str = "{version}";
"""


class States:
    """A forest's states by their codes: rows that branch, then tails, which only count digits.

    A tail says what holds of numbers that end after 0, 1, 2 … further digits, whatever they are.
    """

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        self._tails: dict[tuple[int, ...], int] = {(0,): 0}
        self._ends: list[tuple[int, ...] | None] = []
        self._branching: dict[int, int] = {}
        for state, (verdict, children) in enumerate(forest.states):
            self._ends.append(self._tail(state, verdict, children))
            if self._ends[state] is None:
                self._branching[state] = len(self._branching)

    def code(self, state: int) -> int:
        """The number that stands for a state; tails get theirs when they are first asked for."""
        end = self._ends[state]
        if end is None:
            return self._branching[state]
        return len(self._branching) + self._tails.setdefault(end, len(self._tails))

    def rows(self) -> Iterator[list[int]]:
        """The successors of each row."""
        for state in self._branching:
            yield list(map(self.code, self._forest.states[state][1]))

    def verdicts(self) -> Iterator[int]:
        """What is said of a number that ends in each row."""
        for state in self._branching:
            yield self._forest.states[state][0]

    def tails(self) -> Iterator[list[int]]:
        """The tails that were asked for, all of one length."""
        longest = max(map(len, self._tails))
        for tail in self._tails:
            yield [*tail, *[0] * (longest - len(tail))]

    def _tail(self, state: int, verdict: int, children: tuple[int, ...]) -> tuple[int, ...] | None:
        if not any(children):
            return (verdict,)
        following = self._ends[children[0]] if children[0] < state else None
        if len(set(children)) > 1 or following is None:
            return None
        return (verdict, *following)


def written(tables: Tables, classes: Classes, viable: Automaton, extension: Automaton) -> str:
    """The Rust module that holds everything."""
    states = States(tables.forest)
    parts = [
        HEADER.format(version=tables.version),
        _array("ROWS", "[u16; 10]", map(_inner, states.rows()), "The state after each digit."),
        _array("VERDICTS", "u16", states.verdicts(), "What holds of a number that ends in a row."),
        _constant(
            "INTERNATIONAL",
            "u16",
            states.code(tables.international),
            "The root of numbers that begin with their calling code.",
        ),
        *_prefixes(tables.outcomes),
        _array("LAYOUTS", "&[u8]", map(_bytes, tables.layouts.codes), "Ways to write a number."),
        *_regions(tables, states),
        *_classes(classes, extension),
        *_shape("VIABLE", viable, "Texts that may be numbers."),
        *_shape("EXTENSION", extension, "Extensions with their labels, read from their end."),
        *_tails(states),
    ]
    return "\n".join(parts)


def _tails(states: States) -> Iterator[str]:
    """Last, for only now it is known which are wanted."""
    tails = list(states.tails())
    doc = "What holds after 0, 1, 2 … digits more, whatever they are."
    yield _constant("TAIL", "usize", len(tails[0]), "How many counts of digits a tail tells apart.")
    yield _array("TAILS", "Tail", map(_inner, tails), doc)


def _regions(tables: Tables, states: States) -> Iterator[str]:
    places = _places(tables.calling_codes)
    names = _names(tables.regions)
    regions = (_region(one, places, states) for one in tables.regions)
    codes = (_code(one, states) for one in tables.calling_codes)
    yield _array("REGIONS", "Region", regions, "Regions, ordered; those of no country come last.")
    yield _array("BY_NAME", "u8", names, "The place of a region by its two letters, plus one.")
    yield _array("CALLING_CODES", "CallingCode", codes, "Calling codes, ordered.")
    yield _array("BY_CODE", "u8", places, "The place of a calling code, plus one.")


def _prefixes(outcomes: Outcomes) -> Iterator[str]:
    yield _array("ACTIONS", "Action", map(_action, outcomes.actions), "What becomes of a prefix.")
    yield _array(
        "OUTCOMES",
        "[u8; 2]",
        map(_inner, outcomes),
        "The actions when digits follow a prefix, and when none do.",
    )


def _classes(classes: Classes, extension: Automaton) -> Iterator[str]:
    plain = sum(1 << one for one in plain_classes(classes, extension))
    named = {one: number for one, number in classes.of.items() if one != DIGIT}
    basic = [ANY_DIGIT if chr(at) in DIGITS else named.get(chr(at), OTHER) for at in range(ASCII)]
    others = sorted((one, number) for one, number in named.items() if ord(one) >= ASCII)
    pairs = (f"('\\u{{{ord(one):X}}}', {number})" for one, number in others)
    yield _array("ASCII", "u8", basic, "The class of every ASCII character.")
    yield _array("OTHERS", "(char, u8)", pairs, "The classes of other characters, ordered.")
    yield _constant("PLAIN", "u64", f"{plain:#x}", "Classes of which alone no extension is made.")


def _shape(name: str, automaton: Automaton, doc: str) -> Iterator[str]:
    padded = ([*row, *[0] * (SHAPE_WIDTH - len(row))] for row in automaton.rows)
    ends = (str(end).lower() for end in automaton.accepting)
    yield _constant(f"{name}_START", "u8", automaton.start, "Where to begin.")
    yield _array(f"{name}_ROWS", f"[u8; {SHAPE_WIDTH}]", map(_inner, padded), doc)
    yield _array(f"{name}_ENDS", "bool", ends, "Whether a text may end here.")


def _constant(name: str, kind: str, value: object, doc: str) -> str:
    return f"/// {doc}\npub(super) const {name}: {kind} = {value};\n"


def _array(name: str, kind: str, items: Iterable[object], doc: str) -> str:
    listed = [f"{item}," for item in items]
    lines = _filled(listed) if kind.startswith(("u", "[", "bool", "Tail")) else listed
    body = "\n".join(lines)
    return f"/// {doc}\npub(super) static {name}: [{kind}; {len(listed)}] = [\n{body}\n];\n"


def _filled(items: Iterable[str]) -> Iterator[str]:
    line = ""
    for item in items:
        if len(line) + len(item) > WIDTH:
            yield line
            line = ""
        line += item
    yield line


def _inner(numbers: Iterable[int]) -> str:
    return f"[{','.join(map(str, numbers))}]"


def _bytes(layout: bytes) -> str:
    escaped = "".join(chr(byte) if byte < COPY else f"\\x{byte:02x}" for byte in layout)
    return f'b"{escaped}"'


def _action(action: Action | None) -> str:
    literal, start, stop, end = action or ("", 0, 0, 0)
    return f'Action {{ literal: b"{literal}", start: {start}, stop: {stop}, end: {end} }}'


def _region(region: Region, places: Sequence[int], states: States) -> str:
    code = places[region.calling_code] - 1
    roots = (
        f"{name}: {states.code(getattr(region, name))}" for name in ("general", "prefix", "idd")
    )
    return (
        f'Region {{ name: "{region.name}", calling_code: {code}, {", ".join(roots)}, '
        f"lengths: {region.lengths:#x}, local: {region.local:#x}, "
        f"bare: {region.bare:#x} }}"
    )


def _code(code: CallingCode, states: States) -> str:
    names = ("plan", "leading", "national", "international")
    roots = (f"{name}: {states.code(getattr(code, name))}" for name in names)
    return (
        f'CallingCode {{ code: {code.code}, digits: "{code.code}", '
        f"main: {code.main}, alone: {str(code.alone).lower()}, "
        f'{", ".join(roots)}, extension: "{code.extension}" }}'
    )


def _places(codes: Sequence[CallingCode]) -> list[int]:
    places = [0] * 1000
    for at, code in enumerate(codes, start=1):
        places[code.code] = at
    return places


def _names(regions: Sequence[Region]) -> list[int]:
    places = [0] * len(ascii_uppercase) ** 2
    for at, region in enumerate(regions, start=1):
        if region.name.isalpha():
            first, second = map(ascii_uppercase.index, region.name)
            places[first * len(ascii_uppercase) + second] = at
    return places
