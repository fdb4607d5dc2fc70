"""Who is called: whether a number leads to a company, and the company to its callers."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis.checks import Check, Setup, Trouble
from clientsvia.companies.routing import AccountState
from clientsvia.errors import InvalidNumber
from clientsvia.telephony.numbers import normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.companies.company import Company

ALIKE = 0.8
LOCAL_DIGITS = 7
HOW = "clientsvia company import FILE"


def check_companies(setup: Setup) -> Iterator[Check]:
    """Every company: not suspended, with numbers in service and tokens to believe Twilio by."""
    if not setup.companies:
        yield Check(Trouble.COMPANY, "companies", "there is none", f"import one: {HOW}")
    for company in setup.companies:
        yield from _company(company)
        yield from _account(setup, company)


def find_called(setup: Setup) -> tuple[Check, Company | None]:
    """Which company has the number asked about, or the numbers most like it."""
    try:
        number = normalize(setup.called)
    except InvalidNumber as error:
        return _no_number(setup, error), None
    owner = next((c for c in setup.companies if number in _all_numbers(c)), None)
    if owner is None:
        return _nobody(setup, number), None
    if number in owner.inactive_numbers:
        found = f"{number} is {owner.slug}'s, but switched off"
        remedy = f"set active: true for it in the profile, and import it: {HOW}"
        return Check(Trouble.COMPANY, setup.called, found, remedy), owner
    note = "" if number == setup.called else " (write it so: E.164)"
    return Check(Trouble.COMPANY, setup.called, f"{number}{note} is {owner.slug}'s"), owner


def _no_number(setup: Setup, error: InvalidNumber) -> Check:
    found = f"it is no number that can be called ({error.reason})"
    remedy = "write it in E.164, + and the country code first, such as +12395551212"
    return Check(Trouble.COMPANY, setup.called, found, _alike(setup, setup.called) + remedy)


def _nobody(setup: Setup, number: str) -> Check:
    note = "" if number == setup.called else f", which is {number} in E.164"
    remedy = f"add {number} to numbers in a company's profile, and import it: {HOW}"
    found = f"no company has it{note}"
    return Check(Trouble.COMPANY, setup.called, found, _alike(setup, number) + remedy)


def _alike(setup: Setup, text: str) -> str:
    """The numbers that may have been meant: a digit wrong, or the +1 or area code missing."""
    asked = "".join(char for char in text if char.isdecimal())
    known = {n.removeprefix("+"): (n, c.slug) for c in setup.companies for n in _all_numbers(c)}
    near = get_close_matches(asked, known, n=3, cutoff=ALIKE)
    tails = [digits for digits in known if len(asked) >= LOCAL_DIGITS and digits.endswith(asked)]
    meant = [known[digits] for digits in dict.fromkeys([*tails, *near])]
    named = " or ".join(f"{number} of {slug}" for number, slug in meant)
    return f"if you mean {named}, use that; else " if named else ""


def _all_numbers(company: Company) -> tuple[str, ...]:
    return (*company.numbers, *sorted(company.inactive_numbers))


def _company(company: Company) -> Iterator[Check]:
    if company.account.state is not AccountState.ACTIVE:
        yield _standing(company)
    if company.numbers:
        off = f" ({len(company.inactive_numbers)} switched off)" if company.inactive_numbers else ""
        found = f"answers {', '.join(company.numbers)}{off}"
        yield Check(Trouble.COMPANY, company.slug, found)
    else:
        remedy = "add its number to numbers in the profile, in E.164, such as +12395551212"
        yield Check(Trouble.COMPANY, company.slug, "no number is in service", remedy)


def _standing(company: Company) -> Check:
    """How a company stands whose agent does not answer every call."""
    slug, resume = company.slug, f"clientsvia company resume {company.slug}"
    if company.account.state is AccountState.SETUP:
        found = "it is being set up: callers are told so, all but its own people"
        return Check(Trouble.COMPANY, slug, found, f"clientsvia company live {slug}")
    if company.account.state is AccountState.SUSPENDED:
        return Check(Trouble.COMPANY, slug, "the company is suspended", resume)
    found = f"every call is forwarded to {company.account.target}, until '{resume}'"
    return Check(Trouble.COMPANY, slug, found)


def _account(setup: Setup, company: Company) -> Iterator[Check]:
    """Without a token no request of Twilio's can be believed."""
    if setup.signed and not setup.accounts(company):
        found = "no auth token, so all its calls are refused"
        remedy = (
            f"add twilio.account_sid and twilio.auth_tokens to its profile, and import it: {HOW}"
        )
        yield Check(Trouble.WEBHOOK, company.slug, found, remedy)
