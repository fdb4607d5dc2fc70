from __future__ import annotations

from typing import TYPE_CHECKING

from tests.admin.desk import Page

if TYPE_CHECKING:
    from falcon.testing import Result

    from tests.admin.desk import Desk

IMPORT = "/companies/demo/knowledge/import"
BOUNDARY = "the-boundary"
TEXT = "Do you juggle <swords>?\nOn Sundays.\n"


async def send(desk: Desk, fields: dict[str, str], file: tuple[str, bytes] = ("", b"")) -> Result:
    """The form as a browser sends it, with the file that was chosen."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'Content-Disposition: form-data; name="file"; filename="{file[0]}"'
    parts.append(f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + file[1] + b"\r\n")
    body = b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    return await desk.ask("POST", IMPORT, body=body, headers={"Content-Type": kind})


async def questions(desk: Desk) -> set[str]:
    stored = await desk.services.companies.get("demo")
    assert stored is not None
    return {entry.question for entry in stored.profile.knowledge}


async def test_a_pasted_text_is_previewed_then_imported(desk: Desk) -> None:
    page = await desk.page(IMPORT)

    seen = await send(desk, page.fields | {"text": TEXT})

    assert "1 added, 0 changed" in Page(seen.text).text
    assert "Do you juggle <swords>?" not in await questions(desk)
    done = await send(desk, Page(seen.text).fields | {"_import": "on"})
    assert done.headers["location"].endswith("/knowledge?said=saved")
    assert "Do you juggle <swords>?" in await questions(desk)


async def test_a_file_is_told_by_its_name(desk: Desk) -> None:
    page = await desk.page(IMPORT)
    table = b"question,answer\nDo you juggle swords?,On Sundays.\n"

    seen = await send(desk, page.fields, ("faq.csv", table))

    shown = Page(seen.text)
    assert "1 added" in shown.text
    assert shown.fields["kind"] == "csv"


async def test_what_is_wrong_is_told_by_its_entry_and_nothing_typed_is_lost(desk: Desk) -> None:
    page = await desk.page(IMPORT)

    answer = await send(desk, page.fields | {"text": "Only a question?\n"})

    assert answer.status_code == 422
    assert "entry 1 answer is missing" in Page(answer.text).text
    assert Page(answer.text).fields["text"].strip() == "Only a question?"


async def test_a_file_that_is_no_text_says_what_to_do(desk: Desk) -> None:
    page = await desk.page(IMPORT)
    answer = await send(desk, page.fields, ("faq.csv", b"\xff\xfe\x00"))
    assert "save it as such" in answer.text


async def test_a_preview_of_what_somebody_changed_meanwhile_is_shown_anew(desk: Desk) -> None:
    page = await desk.page(IMPORT)
    seen = Page((await send(desk, page.fields | {"text": TEXT})).text)
    other = {"question": "Is it green?", "answer": "No."}
    await desk.post("/companies/demo/knowledge/new", page.fields | other)

    answer = await send(desk, seen.fields | {"_import": "on"})

    assert answer.status_code == 409
    again = await send(desk, Page(answer.text).fields | {"_import": "on"})
    assert again.status_code == 303
    assert {"Do you juggle <swords>?", "Is it green?"} <= await questions(desk)


async def test_readers_import_nothing(desk: Desk) -> None:
    assert (await desk.get(IMPORT, as_="reader")).status_code == 403
