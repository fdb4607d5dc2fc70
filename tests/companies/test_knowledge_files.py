from __future__ import annotations

import pytest

from clientsvia.companies.knowledge_files import Kind, entries_in, kind_of
from clientsvia.errors import InvalidProfile

CSV = """Question;Answer;Tags;Note
"Do you paint; ever?";"Walls.
And doors.";wall, door;ignored
;;;
"""
YAML = "knowledge:\n- question: Do you paint?\n  answer: Walls.\n  keywords: [wall]\n"
MARKDOWN = """# Painting

## Do you paint?

We paint walls,
and doors.
Keywords: wall, door

## Is it green? ##
No.
"""
TEXT = """Q: Do you paint?
A: We paint walls,
and doors.
Keywords: wall

Is it green? No.
"""


def test_a_table_has_its_columns_by_any_usual_name() -> None:
    (entry,) = entries_in(CSV, Kind.CSV)
    assert entry == {
        "question": "Do you paint; ever?",
        "answer": "Walls.\nAnd doors.",
        "keywords": ["wall", "door"],
    }


def test_a_list_in_yaml_is_taken_as_it_is() -> None:
    (entry,) = entries_in(YAML, Kind.YAML)
    assert entry == {"question": "Do you paint?", "answer": "Walls.", "keywords": ["wall"]}
    assert entries_in('[{"question": "Why?", "answer": "So."}]', Kind.YAML)


def test_headings_are_questions_and_those_without_a_text_categories() -> None:
    first, second = entries_in(MARKDOWN, Kind.MARKDOWN)
    assert first == {
        "question": "Do you paint?",
        "answer": "We paint walls, and doors.",
        "keywords": ["wall", "door"],
        "category": "Painting",
    }
    assert second == {"question": "Is it green?", "answer": "No.", "category": "Painting"}


def test_blocks_of_text_begin_with_their_questions() -> None:
    first, second = entries_in(TEXT, Kind.TEXT)
    assert first == {
        "question": "Do you paint?",
        "answer": "We paint walls, and doors.",
        "keywords": ["wall"],
    }
    assert second == {"question": "Is it green?", "answer": "No."}


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        ("faq.MD", "anything", Kind.MARKDOWN),
        ("faq.tsv", "anything", Kind.CSV),
        ("faq.json", "anything", Kind.YAML),
        ("", CSV, Kind.CSV),
        ("", YAML, Kind.YAML),
        ("notes.txt", MARKDOWN, Kind.MARKDOWN),
        ("", TEXT, Kind.TEXT),
    ],
)
def test_what_a_text_is_shows_in_its_name_or_its_look(name: str, text: str, kind: Kind) -> None:
    assert kind_of(name, text) is kind


@pytest.mark.parametrize("kind", list(Kind))
def test_a_text_without_an_entry_says_how_to_write_one(kind: Kind) -> None:
    with pytest.raises(InvalidProfile, match="question"):
        entries_in("\n", kind)


def test_what_is_no_yaml_is_told_by_its_line_and_without_its_text() -> None:
    with pytest.raises(InvalidProfile, match="line 2") as refused:
        entries_in("- question: a\n  answer: [canary", Kind.YAML)
    assert "canary" not in str(refused.value)
