from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from falcon.testing import create_asgi_req

from clientsvia.admin.web.sessions import next_of, whence_of

if TYPE_CHECKING:
    import falcon.asgi


def request(address: str, **headers: str) -> falcon.asgi.Request:
    return create_asgi_req(remote_addr=address, headers=headers)


def test_a_proxy_on_this_machine_is_believed_in_what_it_added_last() -> None:
    forwarded = {"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}

    assert whence_of(request("127.0.0.1", **forwarded)).address == "203.0.113.9"
    assert whence_of(request("::1", **forwarded)).address == "203.0.113.9"


@pytest.mark.parametrize("told", ["", "somebody", "203.0.113.9, ?"])
def test_a_proxy_that_tells_no_address_is_the_visitor_itself(told: str) -> None:
    assert whence_of(request("127.0.0.1", **{"X-Forwarded-For": told})).address == "127.0.0.1"


def test_nobody_else_chooses_where_they_come_from() -> None:
    asked = request("198.51.100.1", **{"X-Forwarded-For": "203.0.113.9"})

    assert whence_of(asked).address == "198.51.100.1"


@pytest.mark.parametrize("path", ["/", "/companies/demo/agent?said=saved", "/users?q=a%20b"])
def test_a_path_of_our_own_is_gone_on_to(path: str) -> None:
    assert next_of(path) == path


@pytest.mark.parametrize(
    "path", ["", "evil", "//evil.example", "/\\evil.example", "https://evil.example", "/a\nb"]
)
def test_any_other_address_leads_to_the_start(path: str) -> None:
    assert next_of(path) == "/"
