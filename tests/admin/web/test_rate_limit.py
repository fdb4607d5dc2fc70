from __future__ import annotations

from typing import TYPE_CHECKING

import falcon
import pytest

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.web.rate_limit import RateLimit

if TYPE_CHECKING:
    from tests.admin.desk import Desk


def test_who_sends_too_many_waits_and_goes_on() -> None:
    moment = 0.0
    limit = RateLimit(2, 3, lambda: moment)
    for _ in range(3):
        limit.take("a")

    with pytest.raises(falcon.HTTPTooManyRequests) as refused:
        limit.take("a")
    assert refused.value.headers == {"Retry-After": "1"}

    moment = 0.5
    limit.take("a")
    with pytest.raises(falcon.HTTPTooManyRequests):
        limit.take("a")


def test_each_is_counted_alone() -> None:
    limit = RateLimit(1, 1, lambda: 0.0)

    limit.take("a")
    limit.take("b")


async def test_a_token_that_asks_without_end_is_told_when_to_go_on(desk: Desk) -> None:
    access = desk.services.access
    owner = await access.users.by_email("owner@acme.example")
    assert owner is not None
    token, _ = await access.tokens.make(owner, name="ci", need=Need.READ, companies=None, days=1)
    headers = {"Authorization": f"Bearer {token}"}

    answer = await desk.api("GET", "/companies/demo", as_="stranger", headers=headers)
    for _ in range(1000):
        if answer.status_code != 200:
            break
        answer = await desk.api("GET", "/companies/demo", as_="stranger", headers=headers)

    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert "a second" in answer.json["detail"]
    assert (await desk.api("GET", "/companies/demo")).status_code == 200
