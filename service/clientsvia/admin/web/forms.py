"""Forms over a profile: fields by their paths, read from a browser and shown with what is wrong.

A field's name is its path in the profile, ``agent.name``; that of a repeated entry has its row,
``targets.0.name``. What was typed is kept as it was, so that nothing is lost when it is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from clientsvia.admin.web.sent import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clientsvia.admin.web.sent import Sent
    from clientsvia.companies.problems import Problem

REMOVE = "_remove"
KEY = "_key"
ADD = "_add"
_INDEX = re.compile(r"\[(\d+)\]")


class Kind(StrEnum):
    """How a field is typed."""

    TEXT = "text"
    AREA = "area"
    NUMBER = "number"
    CHOICE = "choice"
    CHECK = "check"
    LINES = "lines"
    LIST = "list"
    ORDER = "order"
    SECRET = "secret"  # noqa: S105 - a kind of field
    DATE = "date"
    TIME = "time"
    MOMENT = "datetime-local"
    TEL = "tel"
    EMAIL = "email"
    URL = "url"


_SPLIT = {Kind.LINES: "\n", Kind.LIST: ",", Kind.ORDER: ","}
_JOIN = {Kind.LINES: "\n", Kind.LIST: ", ", Kind.ORDER: ", "}
_NOT_TYPED = frozenset({Kind.CHECK, Kind.CHOICE, Kind.ORDER})


@dataclass(frozen=True, slots=True)
class Field:
    """One field: ``empty`` is what the profile gets when nothing is typed.

    ``choices`` are pairs of value and label, ``steps`` the least, the most and the step of a
    number. A LIST is typed with commas, LINES one a line; an ORDER is one of several such lists to
    choose from; a SECRET left empty stays as it is. ``complete`` is what browsers may fill it in
    with, as HTML's autocomplete names it.
    """

    name: str
    label: str
    hint: str = ""
    kind: Kind = Kind.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    steps: tuple[float, float, float] | None = None
    rows: int = 4
    empty: Any = ""
    required: bool = False
    placeholder: str = ""
    complete: str = ""

    def read(self, form: Mapping[str, Sent], name: str) -> Any:  # noqa: ANN401 - of any kind
        """What was typed, as the profile has it."""
        if self.kind is Kind.CHECK:
            return name in form
        text = text_of(form, name)
        if self.kind in _SPLIT:
            return [part.strip() for part in text.split(_SPLIT[self.kind]) if part.strip()]
        return text or self.empty

    def written(self, value: Any) -> str:  # noqa: ANN401 - of any kind
        """What stands in the field for a value of the profile."""
        if isinstance(value, bool):
            return "on" if value else ""
        if self.kind in _JOIN:
            return _JOIN[self.kind].join(map(str, value or ()))
        return "" if value is None or self.kind is Kind.SECRET else str(value)


@dataclass(frozen=True, slots=True)
class Group:
    """A list of entries with the same fields, ``key`` being the one that tells them apart."""

    name: str
    title: str
    fields: tuple[Field, ...]
    key: str = "id"
    most: int = 500


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a page, plain and repeated."""

    fields: tuple[Field, ...]
    groups: tuple[Group, ...] = ()

    def typed(self, profile: Mapping[str, Any]) -> dict[str, str]:
        """What stands in each field for a profile as plain data."""
        texts = {one.name: one.written(_at(profile, one.name)) for one in self.fields}
        for group in self.groups:
            for row, entry in enumerate(_at(profile, group.name) or ()):
                place = f"{group.name}.{row}"
                texts[f"{place}.{KEY}"] = str(entry.get(group.key, ""))
                for one in group.fields:
                    texts[f"{place}.{one.name}"] = one.written(_at(entry, one.name))
        return texts

    def sent(self, form: Mapping[str, Sent]) -> dict[str, str]:
        """What was typed, as it came; secrets are not shown again."""
        secret = {one.name for one in self.fields if one.kind is Kind.SECRET}
        return {name: text_of(form, name) for name in form if name not in secret}

    def patch(self, form: Mapping[str, Sent], profile: Mapping[str, Any]) -> dict[str, Any]:
        """The profile's fields as typed, nested; entries keep what the form does not show."""
        data: dict[str, Any] = {}
        for one in self.fields:
            removed = one.kind is Kind.SECRET and f"{one.name}.{REMOVE}" in form
            value = one.read(form, one.name)
            if one.kind is not Kind.SECRET or value or removed:
                _put(data, one.name, "" if removed else value)
        for group in self.groups:
            _put(data, group.name, self._entries(group, form, profile))
        return data

    def _entries(
        self, group: Group, form: Mapping[str, Sent], profile: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        before = {str(one.get(group.key)): one for one in _at(profile, group.name) or ()}
        entries = []
        for row in kept_rows(group, form):
            place = f"{group.name}.{row}"
            entry = dict(before.get(text_of(form, f"{place}.{KEY}"), {}))
            for one in group.fields:
                _put(entry, one.name, one.read(form, f"{place}.{one.name}"))
            entries.append(entry)
        return entries


def rows_of(group: Group, names: Iterable[str]) -> list[int]:
    """The rows of a group that a form has."""
    found = (re.match(rf"{re.escape(group.name)}\.(\d{{1,4}})\.", name) for name in names)
    return sorted({int(match[1]) for match in found if match})


def kept_rows(group: Group, form: Mapping[str, Sent]) -> list[int]:
    """Those that are not taken away and in which something was typed."""

    def kept(row: int) -> bool:
        place = f"{group.name}.{row}"
        typed = (one for one in group.fields if one.kind not in _NOT_TYPED)
        return f"{place}.{REMOVE}" not in form and any(
            text_of(form, f"{place}.{one.name}") for one in typed
        )

    return [row for row in rows_of(group, form) if kept(row)][: group.most]


@dataclass(frozen=True, slots=True)
class Shown:
    """A field as a template draws it; ``error`` is what is wrong with it, or empty."""

    field: Field
    name: str
    text: str
    error: str

    @property
    def id(self) -> str:
        """Its id in the page."""
        return self.name.replace(".", "-")


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One entry of a group."""

    place: str
    key: str
    fields: Mapping[str, Shown]
    error: str


@dataclass(frozen=True, slots=True)
class FormView:
    """A form with what stands in it; ``errors`` are pairs of a field's id and what is wrong."""

    tag: str
    fields: Mapping[str, Shown]
    groups: Mapping[str, Sequence[ShownRow]]
    errors: Sequence[tuple[str, str]] = field(default=())

    def __getitem__(self, name: str) -> Shown:
        return self.fields[name]


def view(
    form: Form,
    texts: Mapping[str, str],
    tag: str,
    problems: Iterable[Problem] = (),
    *,
    more: str = "",
) -> FormView:
    """A form as a template draws it.

    ``texts`` are those of ``typed`` or ``sent``; ``tag`` is that of what is being edited; ``more``
    names a group that gets an empty row.
    """
    wrong = _placed(form, texts, problems)

    def shown(one: Field, name: str) -> Shown:
        return Shown(one, name, texts.get(name, ""), wrong.pop(name, ""))

    plain = {one.name: shown(one, one.name) for one in form.fields}
    groups: dict[str, list[ShownRow]] = {}
    errors = [(one.id, f"{one.field.label}: {one.error}") for one in plain.values() if one.error]
    for group in form.groups:
        rows = rows_of(group, texts)
        if more == group.name or not rows:
            rows.append(rows[-1] + 1 if rows else 0)
        for row in rows:
            place = f"{group.name}.{row}"
            fields = {one.name: shown(one, f"{place}.{one.name}") for one in group.fields}
            error = wrong.pop(place, "")
            drawn = ShownRow(place, texts.get(f"{place}.{KEY}", ""), fields, error)
            groups.setdefault(group.name, []).append(drawn)
            errors += [
                (one.id, f"{group.title} {row + 1}, {one.field.label}: {one.error}")
                for one in fields.values()
                if one.error
            ]
    # What stands in no field of this form is told all the same, at its top.
    errors += [("form", f"{name}: {text}") for name, text in wrong.items()]
    return FormView(tag, plain, groups, errors)


def _placed(form: Form, texts: Mapping[str, str], problems: Iterable[Problem]) -> dict[str, str]:
    """What is wrong by its field's name; ``targets[2].name`` is the second row that is kept."""
    kept = {group.name: kept_rows(group, texts) for group in form.groups}
    wrong: dict[str, str] = {}
    for problem in problems:
        name = problem.field
        for group, rows in kept.items():
            found = re.fullmatch(rf"{re.escape(group)}\[(\d+)\](.*)", name)
            if found and int(found[1]) <= len(rows):
                name = f"{group}.{rows[int(found[1]) - 1]}{found[2]}"
        wrong.setdefault(_INDEX.sub("", name), problem.text)
    return wrong


def _at(data: Mapping[str, Any], path: str) -> Any:  # noqa: ANN401 - of any kind
    value: Any = data
    for part in path.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return value


def _put(data: dict[str, Any], path: str, value: Any) -> None:  # noqa: ANN401 - of any kind
    *parents, last = path.split(".")
    for parent in parents:
        data = data.setdefault(parent, {})
    data[last] = value
