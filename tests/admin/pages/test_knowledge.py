from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.desk import Page

if TYPE_CHECKING:
    from clientsvia.companies.profile import KnowledgeEntry
    from tests.admin.desk import Desk

KNOWLEDGE = "/companies/demo/knowledge"
NEW = f"{KNOWLEDGE}/new"
SAVED = f"{KNOWLEDGE}?said=saved"
TYPED = {"question": "Do you <b>paint</b>?", "answer": "We paint walls.", "keywords": "wall, color"}


async def entries(desk: Desk) -> dict[str, KnowledgeEntry]:
    stored = await desk.services.companies.get("demo")
    assert stored is not None
    return {entry.id: entry for entry in stored.profile.knowledge}


async def written(desk: Desk) -> str:
    """The address of an entry that was written."""
    page = await desk.page(NEW)
    answer = await desk.post(NEW, page.fields | TYPED)
    assert answer.headers["location"] == SAVED, answer.text
    return f"{KNOWLEDGE}/entries/do-you-b-paint-b"


async def test_an_entry_is_written_found_and_shown(desk: Desk) -> None:
    address = await written(desk)

    found = await desk.page(f"{KNOWLEDGE}?q=COLOR+walls")

    assert address in found.links
    assert "&lt;b&gt;paint" in found.html
    assert (await desk.page(address)).fields["keywords"] == "wall, color"


async def test_two_entries_of_one_question_have_ids_of_their_own(desk: Desk) -> None:
    await written(desk)
    await written(desk)

    assert {"do-you-b-paint-b", "do-you-b-paint-b-2"} <= (await entries(desk)).keys()


async def test_an_entry_may_be_asked_in_letters_that_no_id_has(desk: Desk) -> None:
    page = await desk.page(NEW)

    await desk.post(NEW, page.fields | TYPED | {"question": "営業時間は?"})

    assert (await entries(desk))["entry"].question == "営業時間は?"


async def test_what_is_wrong_with_an_entry_stands_beside_its_field(desk: Desk) -> None:
    page = await desk.page(NEW)

    answer = await desk.post(NEW, page.fields | TYPED | {"answer": ""})

    assert answer.status_code == 422
    assert 'href="#answer"' in answer.text
    assert Page(answer.text).fields["question"] == TYPED["question"]


async def test_a_caller_s_question_fills_a_new_entry(desk: Desk) -> None:
    page = await desk.page(f"{NEW}?question=Do+you+paint%3F")
    assert page.fields["question"] == "Do you paint?"


async def test_an_entry_is_changed(desk: Desk) -> None:
    address = await written(desk)
    page = await desk.page(address, as_="member")

    answer = await desk.post(address, page.fields | {"answer": "Walls and doors."}, as_="member")

    assert answer.headers["location"] == SAVED
    assert (await entries(desk))["do-you-b-paint-b"].answer == "Walls and doors."


async def test_two_who_change_one_entry_see_both_versions(desk: Desk) -> None:
    address = await written(desk)
    first, second = await desk.page(address), await desk.page(address)
    await desk.post(address, first.fields | {"answer": "Walls and doors."})

    answer = await desk.post(address, second.fields | {"answer": "Fences."})

    assert answer.status_code == 409
    assert "Walls and doors." in answer.text
    again = await desk.post(address, Page(answer.text).fields)
    assert again.headers["location"] == SAVED
    assert (await entries(desk))["do-you-b-paint-b"].answer == "Fences."


async def test_two_who_change_different_entries_do_not_collide(desk: Desk) -> None:
    address = await written(desk)
    page = await desk.page(address)
    await written(desk)

    answer = await desk.post(address, page.fields | {"answer": "Fences."})

    assert answer.headers["location"] == SAVED


async def test_what_is_removed_is_put_back_by_one_button(desk: Desk) -> None:
    address = await written(desk)
    before = (await entries(desk))["do-you-b-paint-b"]
    page = await desk.page(address)

    answer = await desk.post(address, page.fields | {"_remove": "on"})

    assert "do-you-b-paint-b" not in await entries(desk)
    shown = Page(answer.text)
    assert "is removed" in shown.text
    fields = {name: shown.fields[name] for name in ("id", "question", "answer", "keywords")}
    await desk.post(NEW, fields)
    assert (await entries(desk))["do-you-b-paint-b"] == before


async def test_an_entry_that_somebody_changed_is_not_removed_unseen(desk: Desk) -> None:
    address = await written(desk)
    first, second = await desk.page(address), await desk.page(address)
    await desk.post(address, first.fields | {"answer": "Fences."})

    answer = await desk.post(address, second.fields | {"_remove": "on"})

    assert answer.status_code == 409
    assert (await entries(desk))["do-you-b-paint-b"].answer == "Fences."


async def test_an_entry_that_is_not_there_is_not_found(desk: Desk) -> None:
    assert (await desk.get(f"{KNOWLEDGE}/entries/nothing")).status_code == 404


async def test_a_reader_reads_and_changes_nothing(desk: Desk) -> None:
    address = await written(desk)
    page = await desk.page(address, as_="reader")

    assert (await desk.post(address, page.fields, as_="reader")).status_code == 403
    assert "Remove this entry" not in page.text


async def test_no_words_in_any_entry_say_so(desk: Desk) -> None:
    assert "No entry has all of these words" in (await desk.page(f"{KNOWLEDGE}?q=zzz")).text


async def test_the_box_tells_what_would_be_answered_and_from_which_entry(desk: Desk) -> None:
    page = await desk.page(f"{KNOWLEDGE}?ask=how+can+I+pay+for+a+visit")
    assert "the entry below" in page.text
    assert "Entries that know its words" in page.text


async def test_the_box_offers_to_write_an_answer_that_is_not_there(desk: Desk) -> None:
    page = await desk.page(f"{KNOWLEDGE}?ask=do+you+juggle+swords")
    assert f"{NEW}?question=do%20you%20juggle%20swords" in page.links
