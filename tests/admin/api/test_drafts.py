from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.admin.desk import Desk

OF = "/companies/demo"


async def test_a_greeting_is_previewed_with_what_is_not_saved(desk: Desk) -> None:
    asked = {"greeting": "Ahoy!", "at": "2026-11-18T15:00:00Z"}
    told = await desk.api("POST", f"{OF}/preview", json=asked, as_="reader")
    assert told.status_code == 200
    assert "Ahoy!" in told.json["said"]
    assert told.json["next"] == "Listen"


async def test_an_answer_is_told_with_its_runners_up(desk: Desk) -> None:
    asked = {"question": "how can I pay for a visit?"}
    told = (await desk.api("POST", f"{OF}/answer", json=asked, as_="reader")).json
    assert told["known"]
    assert told["source"] == f"knowledge:{told['matches'][0]['id']}"
    assert told["matches"][0]["score"] >= told["threshold"]


async def test_what_was_just_saved_is_what_would_be_answered(desk: Desk) -> None:
    book = {"question": "Do you juggle swords?", "answer": "On Sundays, we do."}
    page = await desk.page(f"{OF}/knowledge/new")
    await desk.post(f"{OF}/knowledge/new", page.fields | book)

    told = await desk.api("POST", f"{OF}/answer", json={"question": "do you juggle swords"})

    assert told.json["said"] == ["On Sundays, we do."]


async def test_there_is_no_sound_where_twilio_speaks(desk: Desk) -> None:
    told = await desk.api("POST", f"{OF}/listen", json={"text": "Hello."}, as_="member")
    assert told.json == {"address": ""}


@pytest.mark.parametrize("key", ["model", "voice", "twilio"])
async def test_a_key_that_is_not_there_fails_with_its_remedy(desk: Desk, key: str) -> None:
    told = await desk.api("POST", f"{OF}/test-key", json={"key": key})
    (check,) = told.json["items"]
    assert not check["well"]
    assert "enter" in check["remedy"]


async def test_a_stored_key_is_not_tested_at_another_server(desk: Desk) -> None:
    page = await desk.page(f"{OF}/ai/keys")
    await desk.post(f"{OF}/ai/keys", page.fields | {"ai.api_key": "sk-canary-0123456789"})
    asked = {"key": "model", "base_url": "https://models.example/v1"}

    told = await desk.api("POST", f"{OF}/test-key", json=asked)

    assert told.status_code == 422
    assert "write the key of the new server" in told.text
