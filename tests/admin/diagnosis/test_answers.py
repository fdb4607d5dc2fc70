from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.admin.diagnosis import Trouble
from clientsvia.admin.diagnosis import answers as module
from clientsvia.admin.diagnosis.answers import check_answers, check_recent_calls
from clientsvia.companies.knowledge import Knowledge
from clientsvia.errors import ClientsViaError, ProviderFailed
from clientsvia.providers.knowledge import KnowledgeResponder
from clientsvia.stores.memory.call_log import MemoryCallLog
from clientsvia.stores.memory.call_memory import CallMemory
from clientsvia.stores.memory.call_states import MemoryCallStates
from tests.admin.diagnosis.broken import Broken
from tests.conftest import OPEN
from tests.contracts.samples import SID, ringing, step

if TYPE_CHECKING:
    from clientsvia.admin.diagnosis import Check
    from clientsvia.companies.company import Company


async def ask(company: Company) -> Check:
    return await check_answers(company, KnowledgeResponder(), OPEN)


async def test_a_company_that_answers_its_own_question_is_well(demo: Company) -> None:
    check = await ask(demo)
    assert check.well
    assert "from 11 knowledge entries" in check.found
    assert check.trouble is Trouble.AI


async def test_a_company_that_knows_nothing_is_told(demo: Company) -> None:
    check = await ask(replace(demo, knowledge=Knowledge(())))
    assert "knows nothing" in check.found
    assert "add knowledge" in check.remedy


async def test_a_threshold_nothing_reaches_is_told(demo: Company) -> None:
    check = await ask(replace(demo, ai=replace(demo.ai, threshold=1.1)))
    assert "is not answered" in check.found
    assert "ai.threshold" in check.remedy


@pytest.mark.parametrize(
    ("error", "found", "remedy"),
    [
        (ProviderFailed("HTTP 401 invalid_api_key", "renew it"), "invalid_api_key", "renew it"),
        (ClientsViaError("it is off: turn it on"), "ClientsViaError", "it is off: turn it on"),
        (ZeroDivisionError("by zero"), "ZeroDivisionError: by zero", "report it"),
    ],
)
async def test_a_responder_that_fails_is_told_with_its_own_error(
    demo: Company, error: Exception, found: str, remedy: str
) -> None:
    check = await check_answers(demo, Broken(error), OPEN)
    assert found in check.found
    assert remedy in check.remedy


async def test_a_responder_that_does_not_answer_is_given_up_on(
    demo: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.01)
    check = await check_answers(demo, Broken(None), OPEN)
    assert "no answer within" in check.found


async def test_calls_that_failed_lately_are_told_with_the_newest_reason(demo: Company) -> None:
    calls = CallMemory()
    log, states = MemoryCallLog(calls), MemoryCallStates(calls)
    acme = replace(demo, slug="acme")
    assert (await check_recent_calls(acme, log)).found == "none yet"
    log.write(ringing())
    assert (await check_recent_calls(acme, log)).found == "none of 1 failed"
    await states.commit(step("1:failed", event={"type": "Failed", "reason": "ValueError"}))
    check = await check_recent_calls(acme, log)
    assert check.found == "1 of 1 failed, the newest with: ValueError"
    assert f"clientsvia calls show {SID}" in check.remedy
