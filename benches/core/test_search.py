from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from benches.knowledge import ASKED, entries
from benches.race import calling
from clientsvia.telephony.search import Index

if TYPE_CHECKING:
    from benches.race import Race

QUERY = (
    "SELECT rowid - 1, bm25(knowledge) FROM knowledge WHERE knowledge MATCH ? ORDER BY rank LIMIT 3"
)


def _full_text(texts: list[str]) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE knowledge USING fts5(entry, tokenize='porter')")
    database.executemany("INSERT INTO knowledge VALUES (?)", [(text,) for text in texts])
    return database


@pytest.mark.parametrize("count", [20, 2_000])
def test_search(race: Race, count: int) -> None:
    texts = entries(count)
    with _full_text(texts) as database:
        words = " OR ".join(ASKED.rstrip("?").split())
        contestants = {
            "clientsvia": calling(Index(texts).search, ASKED),
            "SQLite FTS5": calling(
                lambda asked: database.execute(QUERY, (asked,)).fetchall(), words
            ),
        }
        race(
            f"search {count:,} entries",
            contestants,
            check=lambda found: len(found) == 3 and found[0][0] == count - 1,
        )
    database.close()
