"""Answers to questions about opening hours and the address, from the company's own data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clientsvia.companies.asked_hours import Asked, what_is_asked
from clientsvia.companies.days import ONE_DAY
from clientsvia.companies.hours_answers import say_hours
from clientsvia.companies.named_targets import about_a_target
from clientsvia.companies.speech import THE_COMPANY, about
from clientsvia.companies.week_answers import say_other_seasons, say_week
from clientsvia.companies.when import When, find_when, plain

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.company import Company

_A_WEEK = 7
_CLAUSES = re.compile(r"[.?!;,]+(?:\s|$)")
_PLACE = (
    r"(?:your |the |this )?(?:shop|store|office|clinic|restaurant|place|business|location|showroom|"
    r"practice|company|salon|bar|branch|pharmacy|bakery|gym|studio|building)"
)
_ADDRESS = re.compile(
    (
        r"\bwhere(?:abouts)? (?:are you(?: guys| all)?|is PLACE|are y'?all|you(?: guys)? at)"
        r"(?: (?:located|at|exactly|based|again|then|please|now))*$"
        r"|\bwhere (?:exactly )?(?:are|is) (?:you(?: guys)?|PLACE) (?:exactly )?"
        r"(?:located|at|based)\b"
        r"|\b(?:what|what's|whats|what is|have|get|give me|need|know|tell me|repeat|about|for) "
        r"(?:the |your |is your )(?:exact |full |street |physical |office |shop |store |business )*"
        r"(?:address|location)(?! (?:changed|is wrong|for|of|to)\b)"
        r"|\b(?:how|where) (?:do|can|would|could) (?:i|we|one|you) (?:find|get to|reach) "
        r"(?:you(?: guys)?|PLACE)(?: (?:from|by|with|if|please|there|on foot)\b.*)?$"
        r"|\bwhat (?:street|town|city|part of town) are you\b"
        r"|\b(?:directions|the way) to (?:you|PLACE)\b|\bhow (?:do|can) i get there\b"
        r"|^(?:the |your )?(?:address|location|directions)(?: please)?$"
    ).replace("PLACE", _PLACE)
)
_OTHER_ADDRESS = re.compile(
    r"\b(?:e-?mail|web|website|mailing|ip|url|return|billing|home|my) address\b"
)


def answer_hours(text: str, company: Company, now: datetime) -> tuple[str, ...] | None:
    """Sentences that answer a question about opening hours; None when ``text`` asks none.

    A department or person is told of by hours of its own, where it has some. ``now`` is aware.
    English only: in another language every text is for somebody else to answer.
    """
    if not _english(company):
        return None
    clauses = _clauses(_simple(text, company))
    for place, clause in enumerate(clauses):
        target, meant = about_a_target(clause, company) or (None, clause)
        if asked := what_is_asked(meant):
            hours = target.hours if target and target.hours else company.hours
            whose = about(target.name) if target and target.hours else THE_COMPANY
            asking = ", ".join((meant, *clauses[place + 1 :]))
            today = hours.local(now).date()
            when = find_when(plain(text), today, hours.calendar, asking)
            return say_hours(hours, asked, when, now, whose)
    return None


def hours_on(day: str, company: Company, now: datetime) -> tuple[str, ...]:
    """Sentences on the hours of whatever day is named, in English; else of an ordinary week."""
    today = company.hours.local(now).date()
    when = find_when(plain(day), today, company.hours.calendar)
    return say_hours(company.hours, Asked.HOURS, when, now)


def coming_hours(company: Company, now: datetime) -> tuple[str, ...]:
    """Sentences on this moment and on each day of the next week, in English."""
    today = company.hours.local(now).date()
    days = When(tuple(today + number * ONE_DAY for number in range(_A_WEEK)))
    this_moment = say_hours(company.hours, Asked.NEGATED, When(), now)
    return (*this_moment, *say_hours(company.hours, Asked.HOURS, days, now))


def usual_hours(company: Company) -> tuple[str, ...]:
    """Sentences on the ordinary weeks of every season, in English."""
    calendar = company.hours.calendar
    return (*say_week(calendar.week.shifts), *say_other_seasons(calendar, calendar.week))


def answer_address(text: str, company: Company) -> tuple[str, ...] | None:
    """The sentence that says where the company is; None when not asked, or when none is set."""
    if not (company.address and _english(company)):
        return None
    clauses = _clauses(_simple(text, company))
    if not any(_ADDRESS.search(part) and not _OTHER_ADDRESS.search(part) for part in clauses):
        return None
    return (say_address(company),)


def say_address(company: Company) -> str:
    """The sentence that says where the company is; empty when no address is set."""
    lines = ", ".join(company.address.split("\n")).rstrip(". ")
    return f"You'll find us at {lines}." if lines else ""


def _english(company: Company) -> bool:
    return company.agent.language.partition("-")[0] == "en"


def _simple(text: str, company: Company) -> str:
    """A plain text in which the company's own name stands as "the business"."""
    return plain(text).replace("where's", "where is").replace(company.name.lower(), "the business")


def _clauses(text: str) -> list[str]:
    return [clause.strip() for clause in _CLAUSES.split(text) if clause.strip()]
