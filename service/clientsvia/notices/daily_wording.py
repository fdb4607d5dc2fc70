"""What the daily digest says."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from clientsvia.notices.phrases import clock, moment, number_of, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from clientsvia.companies.company import Company
    from clientsvia.notices.notice import Notice

LISTED = 30
"""Messages and missed calls of each kind that are told one by one."""

_LONGEST = 160


def digest(notice: Notice, company: Company) -> tuple[str, list[str], str]:
    """Subject, lines and text message of a day."""
    data = notice.data
    told = ", ".join(_counts(data))
    since, until = (_moment(company, data[name]) for name in ("since", "until"))
    lines = [f"{company.name}, from {since} to {until}:", "", f"  {told}"]
    for state, messages in _by_state(data.get("messages", ())).items():
        lines += _listed(company, f"Messages, {state}", messages)
    lines += _listed(company, "Missed transfers", data.get("missed", ()))
    lines += ["", f"All messages:  clientsvia messages list {company.slug}"]
    return f"{company.name}: {told}", lines, f"{company.name}: {told}"


def _counts(data: Mapping[str, Any]) -> Iterator[str]:
    yield _several(data["calls"], "call")
    yield _several(len(data.get("messages", ())), "message")
    if waiting := sum(one["state"] == "new" for one in data.get("messages", ())):
        yield f"{waiting} not read yet"
    if missed := len(data.get("missed", ())):
        yield _several(missed, "missed transfer")


def _several(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _by_state(messages: list[Mapping[str, Any]]) -> Mapping[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for one in messages:
        found.setdefault(one["state"], []).append(one)
    return found


def _listed(company: Company, title: str, lines: list[Mapping[str, Any]]) -> Iterator[str]:
    if not lines:
        return
    yield from ("", f"{title}:")
    for one in lines[:LISTED]:
        words = one_line(" ".join(filter(None, (one.get("name"), one.get("about")))), _LONGEST)
        at = datetime.fromisoformat(one["at"])
        yield f"  {clock(company, at)}  {number_of(company, one['number'])}  {words}"
    if len(lines) > LISTED:
        yield f"  and {len(lines) - LISTED} more"


def _moment(company: Company, at: str) -> str:
    return moment(company, datetime.fromisoformat(at))
