"""Requests as bytes on the wire, made before anything is measured."""

from __future__ import annotations

from dataclasses import dataclass

from benches.webhook import PATH, numbers, signed

COMPANIES = 1_000
CALLERS_FROM = 500_000


@dataclass(frozen=True, slots=True)
class Request:
    """One webhook, and what the answer must contain."""

    sent: bytes
    expected: bytes


def company_name(at: int) -> str:
    """The name of the ``at``-th company, which its greeting speaks; all are equally long."""
    return f"Plumbing Company {at:04}"


def requests(count: int, companies: int = COMPANIES) -> list[Request]:
    """``count`` signed webhooks: every one another call and caller, the companies in turn."""
    called = list(numbers(0, companies))
    made = []
    for at, caller in enumerate(numbers(CALLERS_FROM, count)):
        company = at * 7 % companies
        body, signature = signed(f"CA{at:032x}", caller, called[company])
        made.append(Request(_bytes(body, signature), company_name(company).encode()))
    return made


def _bytes(body: bytes, signature: str) -> bytes:
    head = (
        f"POST {PATH} HTTP/1.1\r\n"
        "Host: answers.example\r\n"
        "User-Agent: TwilioProxy/1.1\r\n"
        "Accept: text/xml, application/xml, text/html\r\n"
        "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n"
        f"Content-Length: {len(body)}\r\n"
        f"X-Twilio-Signature: {signature}\r\n"
        "\r\n"
    )
    return head.encode() + body
