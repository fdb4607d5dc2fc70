"""What a notice says, in a mail, on a telephone's display and to another program."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clientsvia.notices.daily_wording import digest
from clientsvia.notices.notice import NoticeKind
from clientsvia.notices.operator_wording import operator
from clientsvia.notices.phrases import clock, link_to, moment, number_of, one_line
from clientsvia.notices.segments import fit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from clientsvia.companies.company import Company
    from clientsvia.notices.notice import Notice

LONGEST_SUBJECT = 120
LONGEST_QUOTE = 2000
OUTCOMES = {
    "no-answer": "nobody answered",
    "busy": "the line was busy",
    "declined": "the call was declined",
    "voicemail": "a voicemail took the call",
    "failed": "the number could not be reached",
    "abandoned": "the caller hung up before anybody answered",
}
"""How ringing somebody ended, by ``calls.ringing.transfer.Outcome``."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A notice in words; ``sms`` is the whole of a text message."""

    subject: str
    body: str
    sms: str


def word(notice: Notice, company: Company | None) -> Wording:
    """The words for a notice; ``company`` is None for the operator."""
    if company is None or notice.kind is NoticeKind.OPERATOR:
        subject, lines = operator(notice)
        text = f"{subject}. {lines[-1]}"
    else:
        subject, lines, text = _WORDERS[notice.kind](notice, company)
    body = "\n".join(line.rstrip() for line in lines) + "\n"
    return Wording(one_line(subject, LONGEST_SUBJECT), body, fit(one_line(text, LONGEST_QUOTE)))


def payload(notice: Notice) -> Mapping[str, Any]:
    """The same for another program; JSON."""
    return {
        "type": str(notice.kind),
        "timestamp": notice.at.isoformat(),
        "company": notice.company,
        "key": notice.key,
        "urgent": notice.urgent,
        "data": dict(notice.data),
    }


def _message(notice: Notice, company: Company) -> tuple[str, list[str], str]:
    reason = _said(notice, "reason") or _said(notice, "transcript")
    who, mark = _who(notice, company), "URGENT: " if notice.urgent else ""
    subject = f"{mark}Message from {who}" + (f": {reason}" if reason else "")
    lines = [f"{who} left a message for {company.name}.", ""]
    lines += _quoted(notice, "reason", "They want")
    lines += _quoted(notice, "transcript", "In their words")
    lines += _quoted(notice, "summary", "The call")
    lines += _card(notice, company)
    if seconds := notice.data.get("seconds"):
        lines.append(f"Recording:  {seconds} seconds")
    if target := _said(notice, "target"):
        lines.append(f"Asked for:  {target}, but {_why(notice)}")
    if notice.data.get("complete") is False:
        lines.append("Note:  the caller did not finish the message")
    lines += _next(notice, "messages show")
    number = number_of(company, _call_back(notice))
    text = f"{mark}{_name(notice) or 'Message'}, {number}, {clock(company, notice.at)}: "
    return subject, lines, text + (reason or "a recording, see your message box")


def _missed(notice: Notice, company: Company) -> tuple[str, list[str], str]:
    who, target = _who(notice, company), _said(notice, "target") or "somebody"
    why, mark = _why(notice), "URGENT: " if notice.urgent else ""
    subject = f"{mark}Missed call for {target} from {who}"
    lines = [f"{who} called {company.name}, and {target} was rung, but {why}.", ""]
    lines += [*_quoted(notice, "summary", "The call"), *_card(notice, company)]
    lines += _next(notice, "calls show")
    number, at = number_of(company, _call_back(notice)), clock(company, notice.at)
    name = f"{_name(notice)}, " if _name(notice) else ""
    return subject, lines, f"{mark}Missed call for {target}: {name}{number}, {at} ({why})"


def _urgent(notice: Notice, company: Company) -> tuple[str, list[str], str]:
    who, words = _who(notice, company), _said(notice, "words")
    rung = _said(notice, "target")
    then = f"{rung} is being rung" if rung else "nobody is rung for it: call back at once"
    subject = f"URGENT call from {who}: {words}"
    lines = [f"{who} called {company.name}, and it is urgent. {then[0].upper()}{then[1:]}.", ""]
    lines += _quoted(notice, "words", "They said")
    lines += [*_card(notice, company), *_next(notice, "calls show")]
    number, at = number_of(company, _call_back(notice)), clock(company, notice.at)
    return subject, lines, f"URGENT {at}, {number}: {words}. {then}"


def _usage(notice: Notice, company: Company) -> tuple[str, list[str], str]:
    data = notice.data
    percent, cap = data["percent"], f"{data['cap_usd']:.2f} USD"
    subject = f"{percent} % of the month's {cap} are spent"
    over = percent >= 100  # noqa: PLR2004 - the whole of it
    then = (
        "Callers are answered from knowledge and in Twilio's voice until the month ends."
        if over
        else "When all of it is spent, callers are answered from knowledge and in Twilio's voice."
    )
    spent = f"{data['spent_usd']:.2f} of {cap} on models and voices in {data['month']}"
    lines = [
        f"{company.name} has spent {spent}.",
        f"{then} No call is refused.",
        "",
        "To go on as before, raise spend.monthly_usd in the profile.",
        f"What it was spent on:  clientsvia usage --company {company.slug}",
    ]
    return subject, lines, f"{company.name}: {subject}. {then}"


def _test(notice: Notice, company: Company) -> tuple[str, list[str], str]:
    subject = f"A test for {company.name}"
    told = f"Messages and missed calls of {company.name} will reach you here."
    lines = [told, "", f"Sent on {moment(company, notice.at)}. There is nothing to do."]
    return subject, lines, f"A test: {told[0].lower()}{told[1:]}"


_Words = tuple[str, list[str], str]
_WORDERS: Mapping[NoticeKind, Callable[[Notice, Company], _Words]] = {
    NoticeKind.MESSAGE: _message,
    NoticeKind.MISSED: _missed,
    NoticeKind.URGENT: _urgent,
    NoticeKind.DIGEST: digest,
    NoticeKind.USAGE: _usage,
    NoticeKind.TEST: _test,
}


def _said(notice: Notice, name: str) -> str:
    return one_line(str(notice.data.get(name) or ""), LONGEST_QUOTE)


def _why(notice: Notice) -> str:
    outcome = _said(notice, "outcome")
    return OUTCOMES.get(outcome, outcome or "nobody took the call")


def _name(notice: Notice) -> str:
    return one_line(_said(notice, "name"), 60)


def _call_back(notice: Notice) -> str:
    return _said(notice, "number") or _said(notice, "caller")


def _who(notice: Notice, company: Company) -> str:
    return _name(notice) or number_of(company, _call_back(notice))


def _quoted(notice: Notice, name: str, label: str) -> Iterator[str]:
    if words := _said(notice, name):
        yield from (f"{label}:", f"  {words}", "")


def _card(notice: Notice, company: Company) -> Iterator[str]:
    """Who called, when, and how to reach them."""
    back, caller = _call_back(notice), _said(notice, "caller")
    if link := link_to(company, back):
        yield f"Call back:  {number_of(company, back)}  {link}"
    else:
        yield f"Call back:  not possible, it was {number_of(company, back)}"
    if caller != back:
        yield f"Called from:  {number_of(company, caller)}"
    yield f"When:  {moment(company, notice.at)}"
    yield f"Urgent:  {'yes' if notice.urgent else 'no'}"


def _next(notice: Notice, command: str) -> Iterator[str]:
    if sid := _said(notice, "call_sid"):
        yield from ("", f"More:  clientsvia {command} {sid}")
