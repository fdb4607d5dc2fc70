from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from tests.admin.desk import Desk


async def test_what_is_not_there_is_told_as_a_page(desk: Desk) -> None:
    answer = await desk.get("/companies/demo/nothing")

    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert 'href="/"' in answer.text


async def test_a_program_is_told_in_json_what_is_wrong_and_never_what_it_sent(
    desk: Desk,
) -> None:
    sent = {"name": "", "bogus": "sk-secret-value"}

    answer = await desk.api("PUT", "/companies/demo/profile/agent", json=sent)

    assert answer.status_code == 422
    assert [one["field"] for one in answer.json["errors"]] == ["agent.name", "agent.bogus"]
    assert "sk-secret-value" not in answer.text


async def test_what_breaks_is_told_without_its_inside(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_slug: str) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr(desk.services.companies, "get", broken)

    answer = await desk.get("/companies/demo/agent")

    assert answer.status_code == 500
    assert "nothing of yours was changed" in answer.text
    assert "the inside" not in answer.text
