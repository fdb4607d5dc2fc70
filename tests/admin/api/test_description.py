"""The real server against its own description: nothing breaks, and nothing is answered unsaid."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from clientsvia.admin.access.visitor import Need
from clientsvia.settings import load_settings
from clientsvia.wiring import build
from tests.serving import serving

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 3  # of each operation: the whole run is to stay within a minute


async def token_of_an_administrator(folder: Path) -> str:
    """Made beside the server, in its store."""
    chosen = load_settings(
        store=f"sqlite+aiosqlite:///{folder}/clientsvia.db", public_origin="https://x.example"
    )
    services = build(chosen, [b"k" * 32])
    access = services.access
    user = await access.people.add(
        "root@acme.example", "Root", "a long enough passphrase", admin=True, memberships={}
    )
    token, _ = await access.tokens.make(
        user, name="tests", need=Need.OPERATE, companies=None, days=1
    )
    await services.stop()
    return token


@pytest.mark.timeout(240)
def test_the_server_answers_as_it_is_described(tmp_path: Path) -> None:
    with serving(tmp_path) as service:
        token = asyncio.run(token_of_an_administrator(tmp_path))
        headers = {"Authorization": f"Bearer {token}", "If-Match": "*"}
        schema = schemathesis.openapi.from_url(
            f"{service.origin}/api/v1/openapi.json", headers=headers
        )
        asked, wrong = 0, []
        for found in schema.get_all_operations():
            operation = found.ok()  # type: ignore[union-attr]  # what is no schema fails here
            asked += 1

            @settings(
                max_examples=EXAMPLES,
                deadline=None,
                derandomize=True,
                database=None,
                phases=[Phase.generate],
                suppress_health_check=list(HealthCheck),
            )
            @given(case=operation.as_strategy())
            def ask(case: schemathesis.Case) -> None:  # type: ignore[type-arg]  # of its own kind
                if "slug" in case.path_parameters:
                    case.path_parameters["slug"] = "demo"
                response = case.call(headers=headers)
                case.validate_response(response, checks=CHECKS)

            try:
                ask()
            except BaseException as error:  # noqa: BLE001 - all of them are told together
                wrong.append(f"{operation.label}: {error}"[:600])

        assert wrong == []
        assert asked > 60
