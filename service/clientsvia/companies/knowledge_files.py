"""Questions and answers as people have them: in a table, in YAML, in Markdown, or just written.

All become plain data of entries, whose fields are yet to be checked.
"""

from __future__ import annotations

import csv
import io
import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from clientsvia.companies.files import data_of
from clientsvia.companies.problems import Problem, refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

FIELDS = ("id", "question", "answer", "keywords", "category")
_NAMES = {
    "q": "question",
    "questions": "question",
    "title": "question",
    "a": "answer",
    "answers": "answer",
    "text": "answer",
    "keyword": "keywords",
    "tags": "keywords",
    "section": "category",
    "topic": "category",
}
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_LABEL = re.compile(
    r"\s*(?:\*\*)?(q|question|a|answer|keywords|category)\s*(?:\*\*)?[:.](?:\*\*)?\s*",
    re.IGNORECASE,
)
_KEYWORDS = re.compile(r"[,;]")


class Kind(StrEnum):
    """How questions and answers are written down."""

    CSV = "csv"
    YAML = "yaml"
    MARKDOWN = "markdown"
    TEXT = "text"


_SUFFIXES = {
    "csv": Kind.CSV,
    "tsv": Kind.CSV,
    "yaml": Kind.YAML,
    "yml": Kind.YAML,
    "json": Kind.YAML,
    "md": Kind.MARKDOWN,
    "markdown": Kind.MARKDOWN,
}


def kind_of(name: str, text: str) -> Kind:
    """What a text is, by its file's name, or by how it looks where there is none that tells."""
    told = _SUFFIXES.get(name.rpartition(".")[2].lower())
    if told is not None:
        return told
    first = next((line for line in text.splitlines() if line.strip()), "")
    if _HEADING.match(first):
        return Kind.MARKDOWN
    if first.lstrip().startswith(("-", "[", "{")) or re.match(r"knowledge\s*:\s*$", first):
        return Kind.YAML
    columns = {_field(cell) for cell in re.split(r"[,;\t]", first)}
    return Kind.CSV if {"question", "answer"} <= columns else Kind.TEXT


def entries_in(text: str, kind: Kind) -> Sequence[Mapping[str, Any]]:
    """The entries of a text, as plain data; raises InvalidProfile where it cannot be understood."""
    found = list(_READERS[kind](text.removeprefix("\ufeff")))
    if not found:
        raise refuse([Problem("", "text", f"holds no question with its answer: {_HOW[kind]}")])
    return found


_HOW = {
    Kind.CSV: "name the columns question and answer in its first line",
    Kind.YAML: "write a list of entries, each with question and answer",
    Kind.MARKDOWN: "write each question as a heading, and its answer below it",
    Kind.TEXT: "write a question on a line, its answer on the next ones, then an empty line",
}


def _field(name: str) -> str:
    plain = name.strip().strip('"').lower()
    return _NAMES.get(plain, plain)


def _table(text: str) -> Iterator[Mapping[str, Any]]:
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        columns = [_field(cell) for cell in next(rows, [])]
        if not {"question", "answer"} <= set(columns):
            return
        for row in rows:
            if any(cell.strip() for cell in row):
                # A row that is too short lacks its last cells, which is told of its fields.
                pairs = zip(columns, row, strict=False)
                yield _entry({name: cell for name, cell in pairs if name in FIELDS})
    except csv.Error as error:
        text = f"is no table ({error}, line {rows.line_num}): put texts with line breaks in quotes"
        raise refuse([Problem("", "text", text)]) from None


def _yaml(text: str) -> Iterator[Mapping[str, Any]]:
    data = data_of(text)
    if isinstance(data, dict):
        data = data.get("knowledge")
    for item in data if isinstance(data, list) else ():
        yield item if isinstance(item, dict) else {"question": str(item)}


def _markdown(text: str) -> Iterator[Mapping[str, Any]]:
    """A heading with text below it is a question; one without is the category of those below."""
    category, question, lines = "", "", list[str]()
    for line in [*text.splitlines(), "# "]:
        heading = _HEADING.match(line) if line != "# " else None
        if heading is None and line != "# ":
            lines.append(line)
            continue
        body = "\n".join(lines).strip()
        if question and body:
            yield _labelled(question, body, category)
        elif question:
            category = question
        question, lines = heading[2] if heading else "", []


def _written(text: str) -> Iterator[Mapping[str, Any]]:
    """Blocks with empty lines between them; the first line of each is its question."""
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        first, _, rest = block.strip().partition("\n")
        question = _LABEL.sub("", first, count=1)
        if not rest and (asked := re.match(r"(.+?\?)\s+(.+)", question)):
            question, rest = asked[1], asked[2]
        if question:
            yield _labelled(question, rest, "")


def _labelled(question: str, body: str, category: str) -> Mapping[str, Any]:
    """An entry whose text may have lines for keywords and category."""
    entry = {"question": question, "category": category}
    answer = []
    for line in body.splitlines():
        label = _LABEL.match(line)
        name = _field(label[1]) if label else ""
        if label and name in {"keywords", "category"}:
            entry[name] = line[label.end() :]
        else:
            answer.append(line[label.end() :] if label and name == "answer" else line)
    return _entry({**entry, "answer": " ".join(" ".join(answer).split())})


def _entry(texts: Mapping[str, str]) -> Mapping[str, Any]:
    """An entry without what is empty."""
    entry: dict[str, Any] = {name: text.strip() for name, text in texts.items() if text.strip()}
    if "keywords" in entry:
        words = (word.strip() for word in _KEYWORDS.split(entry["keywords"]))
        entry["keywords"] = [word for word in words if word]
    return entry


_READERS: dict[Kind, Callable[[str], Iterator[Mapping[str, Any]]]] = {
    Kind.CSV: _table,
    Kind.YAML: _yaml,
    Kind.MARKDOWN: _markdown,
    Kind.TEXT: _written,
}
