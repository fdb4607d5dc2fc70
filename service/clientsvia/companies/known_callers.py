"""The callers a company knows, changed one by one or read from a table."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from clientsvia.companies.contact_profiles import CallerProfile, CallersProfile
from clientsvia.companies.problems import Problem, problems_of, refuse
from clientsvia.errors import InvalidInput
from clientsvia.telephony import numbers as telephone

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clientsvia.companies.profile import CompanyProfile

_COLUMNS = {
    "number": ("number", "phone", "phone number", "telephone", "mobile", "caller"),
    "name": ("name", "full name", "contact", "contact name"),
    "notes": ("notes", "note", "comment", "comments"),
    "blocked": ("blocked", "block"),
}
_YES_NO = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def number_of(profile: CompanyProfile, raw: str) -> str:
    """A caller's number in E.164, however it is written; raises InvalidNumber with the remedy."""
    return telephone.normalize(raw, profile.region, possible=True)


def caller_of(profile: CompanyProfile, number: str) -> CallerProfile:
    """What a company knows of a number in E.164, which may be nothing but the number."""
    known = (caller for caller in profile.callers.known if caller.number == number)
    return next(known, CallerProfile(number=number))


def changed(profile: CompanyProfile, number: str, **fields: object) -> CompanyProfile:
    """The profile with these fields of one caller set; a caller of whom nothing is left is none.

    Raises InvalidProfile.
    """
    before = caller_of(profile, number)
    return merged(profile, [_caller(before.model_dump() | fields)])


def merged(profile: CompanyProfile, callers: Iterable[CallerProfile]) -> CompanyProfile:
    """The profile with these callers in place of those of the same number, or after the others."""
    known = {caller.number: caller for caller in (*profile.callers.known, *callers)}
    kept = [caller for caller in known.values() if caller != CallerProfile(number=caller.number)]
    try:
        part = CallersProfile.model_validate(profile.callers.model_dump() | {"known": kept})
    except ValidationError as error:
        raise refuse(problems_of(error, profile.slug)) from None
    return profile.model_copy(update={"callers": part})


def read_callers(profile: CompanyProfile, text: str, file: str) -> Sequence[CallerProfile]:
    """Callers in a CSV file; raises InvalidProfile with every line that cannot be used.

    What the file has no column for, or leaves empty, stays as the company knows it.
    """
    (_, header), *lines = _lines(text, file)
    places = _places(header)
    if "number" not in places:
        wrong = "has no column of numbers: begin with a line such as number,name,notes,blocked"
        raise refuse([Problem(file, "line 1", wrong)])
    known = {caller.number: caller for caller in profile.callers.known}
    found: dict[str, tuple[int, CallerProfile]] = {}
    problems: list[Problem] = []
    for line, row in lines:
        cells = {name: row[at].strip() for name, at in places.items() if at < len(row)}
        try:
            number = number_of(profile, cells.pop("number", ""))
            before = known.get(number, CallerProfile(number=number))
            caller = _caller(before.model_dump() | _given(cells))
        except (InvalidInput, ValueError) as error:
            problems.append(Problem(file, f"line {line}", str(error)))
            continue
        first, _ = found.setdefault(number, (line, caller))
        if first != line:
            again = f"{number} stands in line {first} too: keep one of them"
            problems.append(Problem(file, f"line {line}", again))
    if problems:
        raise refuse(problems)
    return [caller for _, caller in found.values()]


def _lines(text: str, file: str) -> Sequence[tuple[int, Sequence[str]]]:
    """Every line that is not empty, with its number; the first has the names of the columns."""
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")), _dialect(text))
    try:
        filled = [(rows.line_num, row) for row in rows if any(map(str.strip, row))]
    except csv.Error as error:
        wrong = f"cannot be read ({error}): save it as CSV once more"
        raise refuse([Problem(file, f"line {rows.line_num}", wrong)]) from None
    if not filled:
        raise refuse([Problem(file, "", "is empty: write a line for each caller")])
    return filled


def _dialect(text: str) -> type[csv.Dialect]:
    """How the columns are parted: a spreadsheet may write semicolons or tabs."""
    header = text.partition("\n")[0]
    dialect = csv.excel
    return max((dialect, _Semicolons, csv.excel_tab), key=lambda one: header.count(one.delimiter))


class _Semicolons(csv.excel):
    delimiter = ";"


def _places(header: Sequence[str]) -> dict[str, int]:
    """Where each field stands, by the words of the first line."""
    words = [word.strip().casefold() for word in header]
    return {
        field: words.index(name)
        for field, names in _COLUMNS.items()
        for name in names[::-1]
        if name in words
    }


def _given(cells: Mapping[str, str]) -> dict[str, Any]:
    """The fields that a line sets."""
    given: dict[str, Any] = {name: cell for name, cell in cells.items() if cell}
    if "blocked" in given:
        word = given["blocked"].casefold()
        if word not in _YES_NO:
            raise ValueError(f"blocked is {given['blocked']!r}: write yes or no")
        given["blocked"] = _YES_NO[word]
    return given


def _caller(fields: dict[str, Any]) -> CallerProfile:
    try:
        return CallerProfile.model_validate(fields)
    except ValidationError as error:
        raise refuse(problems_of(error)) from None
