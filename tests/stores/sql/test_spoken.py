from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.log_queries import CallFilter
from clientsvia.stores.sql.call_log import SqlCallLog
from clientsvia.stores.sql.call_states import SqlCallStates
from clientsvia.stores.sql.spoken import match
from tests.contracts.samples import step

if TYPE_CHECKING:
    from clientsvia.stores.sql.database import Database


async def test_what_is_deleted_is_not_found_and_leaves_no_word(database: Database) -> None:
    log, states = SqlCallLog(database), SqlCallStates(database)
    await states.commit(step("1:heard", event={"type": "Heard", "text": "my secret"}))
    assert len(await log.calls(CallFilter(text="secret"))) == 1

    async with database.writer() as connection:
        await connection.exec_driver_sql("DELETE FROM steps")

    assert await log.calls(CallFilter(text="secret")) == []
    assert await database.fetch("SELECT words FROM spoken", {}) == []
    await log.close()


async def test_more_than_a_chunk_is_found(database: Database) -> None:
    log, states = SqlCallLog(database), SqlCallStates(database)
    for number in range(700):
        await states.commit(step("1:heard", f"CA{number:03}", answered={"said": ["Hello there."]}))

    found = await log.calls(CallFilter(text="there"), limit=1000)

    assert len(found) == 700
    await log.close()


async def test_a_call_of_which_nothing_was_heard_holds_up_no_other(database: Database) -> None:
    log, states = SqlCallLog(database), SqlCallStates(database)
    await states.commit(step("1:silence", event={"type": "Silence"}, answered={"said": []}))
    await states.commit(step("2:heard", event={"type": "Heard", "text": "a tap"}, answered={}))

    assert len(await log.calls(CallFilter(text="tap"))) == 1
    await log.close()


def test_a_search_asks_for_words_of_one_company() -> None:
    assert match("Tap, leak", None) == 'words : ("tap"* "leak"*)'
    assert match("tap", "gulf-breeze") == 'words : ("tap"*) AND company : "gulf-breeze"'
    assert match('"*', "acme") == ""
