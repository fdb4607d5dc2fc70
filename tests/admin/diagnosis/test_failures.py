from __future__ import annotations

import pytest

from clientsvia.admin.diagnosis.failures import failed
from clientsvia.errors import ClientsViaError, QuotaUsedUp


@pytest.mark.parametrize(
    ("error", "found", "remedy"),
    [
        (QuotaUsedUp("no money is left", "add some"), "no money is left (QuotaUsedUp)", "add some"),
        (ClientsViaError("it is off: turn it on"), "it fails (ClientsViaError)", "turn it on"),
        (TimeoutError(), "no answer within 8 s", "status"),
        (KeyError("x"), "it breaks: KeyError: 'x'", "report it"),
    ],
)
def test_a_failure_is_told_with_its_class_and_what_to_do(
    error: Exception, found: str, remedy: str
) -> None:
    check = failed("demo, auto", error, 8.0)
    assert check.found == found
    assert remedy in check.remedy
    assert not check.well
