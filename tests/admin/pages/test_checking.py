from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from clientsvia.notices.sightings import Sighting
from tests.admin.desk import open_desk
from tests.serving import serving

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.admin.desk import Desk

PAGE = "/companies/demo/configuration"
NUMBER = "+12395551212"


async def test_the_last_webhook_is_told_with_its_moment_and_zone(desk: Desk) -> None:
    at = desk.services.clock.now() - timedelta(minutes=2)
    await desk.services.stores.sightings.add([Sighting("demo", NUMBER, good_at=at)])

    page = await desk.page(f"{PAGE}/check", as_="reader")

    assert "verified 2 min ago" in page.text
    assert f'datetime="{at.isoformat(timespec="seconds")}"' in page.html
    assert " EST" in page.text or " EDT" in page.text


async def test_a_service_that_does_not_answer_is_found_and_nothing_of_the_host_is_told() -> None:
    async with open_desk(
        public_origin="http://127.0.0.1:9",
        validate_signatures=False,
        operator_email="me@operator.example",
    ) as desk:
        answer = await desk.post(f"{PAGE}/check", {}, as_="member")
        assert answer.status_code == 200, answer.text
        assert "nothing answers at http://127.0.0.1:9" in answer.text
        assert "AI not responding?" in answer.text
        assert "me@operator.example" not in answer.text
        assert "in memory" not in answer.text


async def test_a_test_webhook_shows_what_a_caller_hears(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serving(tmp_path) as service:
        async with open_desk(public_origin=service.origin, validate_signatures=False) as desk:
            answer = await desk.post(f"{PAGE}/test", {"number": NUMBER}, as_="member")
    assert answer.status_code == 200, answer.text
    assert "All is well" in answer.text
    assert "automated assistant" in answer.text
    assert "listens" in answer.text


async def test_a_test_that_cannot_be_signed_says_what_is_missing(desk: Desk) -> None:
    answer = await desk.post(f"{PAGE}/test", {"number": NUMBER}, as_="member")
    assert answer.status_code == 422
    assert "no auth token" in answer.text


async def test_readers_look_and_do_not_ask_anybody(desk: Desk) -> None:
    for path in ("check", "test"):
        assert (await desk.post(f"{PAGE}/{path}", {}, as_="reader")).status_code == 403
