from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clientsvia.errors import InvalidInput
from clientsvia.rehearsal.dialogues import read_turns, vocabulary

if TYPE_CHECKING:
    from pathlib import Path


def test_texts_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "turns.tsv"
    file.write_text("a\t0\tHello there.\na\t1\tAre you open?\n")
    assert read_turns(file) == ["Hello there.", "Are you open?"]
    assert read_turns(file, 1) == ["Hello there."]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "holds no turns"),
        (b"a\t0\tHello.\njust words\n", "line 2 is no turn"),
        (b"a\t0\t \n", "line 1 is no turn"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_another_file_is_refused_with_its_line(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "turns.tsv"
    file.write_bytes(content)
    with pytest.raises(InvalidInput, match=said):
        read_turns(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"nowhere\.tsv cannot be read"):
        read_turns(tmp_path / "nowhere.tsv")


def test_one_word_can_still_be_mistaken() -> None:
    assert len(vocabulary(["Doors?"])) >= 2
