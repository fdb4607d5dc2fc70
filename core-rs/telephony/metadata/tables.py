"""Everything the core knows of numbers, as the Rust tables it is read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from phonenumbers import (
    COUNTRY_CODE_TO_REGION_CODE,
    REGION_CODE_FOR_NON_GEO_ENTITY,
    PhoneMetadata,
    __version__,
)

from forest import DEAD, DIGITS, Forest
from formats import Formatting, Layouts
from plans import FirstLeading, Member, Plan, Territory, international, language
from rules import Outcomes, Prefix

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Told = Callable[[str], None]

DEFAULT_EXTENSION_PREFIX = " ext. "


@dataclass(frozen=True, slots=True)
class Region:
    """A region's roots and lengths; ``lengths`` and ``local`` have a bit for each number of digits.

    ``bare`` has a bit for each first digit with which no prefix and not its calling code begin.
    """

    name: str
    calling_code: int
    general: int
    prefix: int
    idd: int
    lengths: int
    local: int
    bare: int


@dataclass(frozen=True, slots=True)
class CallingCode:
    """A calling code's main region (by place), whether it is the only one, and its roots."""

    code: int
    main: int
    alone: bool
    plan: int
    leading: int
    national: int
    international: int
    extension: str


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables; roots are codes of ``forest``'s states."""

    forest: Forest
    regions: Sequence[Region]
    calling_codes: Sequence[CallingCode]
    international: int
    outcomes: Outcomes
    layouts: Layouts

    @property
    def version(self) -> str:
        """The version of the metadata."""
        return __version__


class Builder:
    """Builds the tables of the installed metadata; tells of every calling code it has done."""

    def __init__(self) -> None:
        self.forest = Forest()
        self.outcomes = Outcomes()
        self.layouts = Layouts()
        self._places = {key: at for at, key in enumerate(_regions())}
        self._starters: dict[str, str] = {}

    def build(self, tell: Told) -> Tables:
        """The tables."""
        regions = [self._region(*key) for key in self._places]
        codes = []
        for code in sorted(COUNTRY_CODE_TO_REGION_CODE):
            codes.append(self._calling_code(code))
            tell(f"+{code}")
        plans = {str(code.code): code.plan for code in codes}
        root = international(self.forest, plans, self._starters)
        return Tables(self.forest, regions, codes, root, self.outcomes, self.layouts)

    def _region(self, name: str, code: int) -> Region:
        metadata = _metadata(code, name)
        desc = metadata.general_desc
        if desc is None or desc.national_number_pattern is None:
            raise ValueError(f"no general description of {name} +{code}")
        general = Member(language(desc.national_number_pattern))
        return Region(
            name,
            code,
            self.forest.grow(general, general.start),
            self._prefix(
                metadata.national_prefix_for_parsing, metadata.national_prefix_transform_rule
            ),
            self._prefix(metadata.international_prefix, None),
            _mask(desc.possible_length),
            _mask(desc.possible_length_local_only),
            _mask(map(int, set(DIGITS) - set(_starters(metadata)) - {str(code)[0]})),
        )

    def _calling_code(self, code: int) -> CallingCode:
        names = COUNTRY_CODE_TO_REGION_CODE[code]
        territories = [Territory(self._places[name, code], _metadata(code, name)) for name in names]
        plan, first = Plan(territories), FirstLeading(territories)
        main = _metadata(code, names[0])
        self._starters[str(code)] = _first_digits(main.national_prefix_for_parsing)
        written = main.intl_number_format or main.number_format
        national = Formatting(main.number_format, self.layouts, national=True)
        abroad = Formatting(written, self.layouts, national=False)
        return CallingCode(
            code,
            territories[0].region,
            len(names) == 1,
            self.forest.grow(plan, plan.start),
            self.forest.grow(first, first.start) if len(names) > 1 else DEAD,
            self.forest.grow(national, national.start),
            self.forest.grow(abroad, abroad.start),
            main.preferred_extn_prefix or DEFAULT_EXTENSION_PREFIX,
        )

    def _prefix(self, pattern: str | None, transform: str | None) -> int:
        if not pattern:
            return DEAD
        prefix = Prefix(pattern, transform, self.outcomes)
        return self.forest.grow(prefix, prefix.start)


def _regions() -> Iterator[tuple[str, int]]:
    """Every region with its calling code, ordered by name; those of no country come last."""
    pairs = [(name, code) for code, names in COUNTRY_CODE_TO_REGION_CODE.items() for name in names]
    yield from sorted(pairs, key=lambda pair: (pair[0] == REGION_CODE_FOR_NON_GEO_ENTITY, *pair))


def _metadata(code: int, name: str) -> PhoneMetadata:
    found = PhoneMetadata.metadata_for_region_or_calling_code(code, name)
    if found is None:
        raise ValueError(f"no metadata of {name} +{code}")
    return found


def _starters(metadata: PhoneMetadata) -> str:
    prefixes = metadata.national_prefix_for_parsing, metadata.international_prefix
    return "".join(map(_first_digits, prefixes))


def _first_digits(pattern: str | None) -> str:
    return Prefix(pattern, None, Outcomes()).starters() if pattern else ""


def _mask(places: Iterable[int]) -> int:
    """A number with these bits; metadata has -1 for no length at all."""
    return sum(1 << place for place in places if place >= 0)
