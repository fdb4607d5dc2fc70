"""The checklist of a company that is to go live: what callers and its owner depend on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis.checks import FALLBACK_PATH, Setup
from clientsvia.admin.diagnosis.installation import check_origin
from clientsvia.admin.diagnosis.numbers_at_twilio import find, judge, without_secret
from clientsvia.calls.sentences import opening
from clientsvia.companies.routing import AfterHoursPolicy
from clientsvia.errors import ProviderFailed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from clientsvia.admin.ports import Tested, TwilioAccounts
    from clientsvia.companies.company import Company
    from clientsvia.companies.profile import CompanyProfile

HOW = "clientsvia company import FILE"
WHEN_DOWN = "when this host is down"
"""What ends the name of the one required line that an operator may waive."""
_TELLS = ("transcri", "record")


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist; ``remedy`` is empty when it is well.

    Without what is ``required`` a company does not go live; the rest is advice.
    """

    what: str
    found: str
    remedy: str = ""
    required: bool = True

    @property
    def well(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.remedy

    @property
    def stops(self) -> bool:
        """Whether the company cannot go live for it."""
        return self.required and not self.well


async def checklist(
    setup: Setup, profile: CompanyProfile, company: Company, tested: Tested, twilio: TwilioAccounts
) -> AsyncIterator[Item]:
    """Every line, one by one; ``profile`` and ``company`` are the same one."""
    yield _numbers(company)
    yield _account(setup, company)
    yield _origin(setup)
    yield _greeting(company)
    yield _hours(profile)
    yield _somebody(company)
    yield _mail(company, await tested.tested(company.slug))
    if setup.ask_twilio:
        async for item in _at_twilio(setup, company, twilio):
            yield item


def _numbers(company: Company) -> Item:
    if company.numbers:
        return Item("number", f"answers {', '.join(company.numbers)}")
    if company.inactive_numbers:
        off = ", ".join(sorted(company.inactive_numbers))
        remedy = f"set active: true for it in the profile, and import it: {HOW}"
        return Item("number", f"none is in service: {off} is switched off", remedy)
    remedy = "add it to numbers in the profile, in E.164, such as +12395551212, and import it"
    return Item("number", "there is none", remedy)


def _account(setup: Setup, company: Company) -> Item:
    accounts = setup.accounts(company)
    if accounts:
        whose = "its own account" if company.twilio else "the installation's account"
        return Item("Twilio account", f"{whose} {accounts[0].sid}, with its token")
    if setup.demo:
        return Item("Twilio account", "none: the demo takes calls of this machine unsigned")
    remedy = f"add twilio.account_sid and twilio.auth_tokens to the profile, and import it: {HOW}"
    return Item("Twilio account", "no auth token, so all calls would be refused", remedy)


def _origin(setup: Setup) -> Item:
    check = check_origin(setup)
    return Item("public address", check.found, check.remedy)


def _greeting(company: Company) -> Item:
    """What answers is told by our own greeting; who writes another may have forgotten it."""
    said = " ".join(opening(company))
    if any(word in said.casefold() for word in _TELLS):
        return Item("greeting", f"“{said}”")
    remedy = (
        "say in greeting or disclosure that an automated assistant answers, and that the call is "
        "transcribed: the law may ask for it"
    )
    return Item(
        "greeting", f"“{said}” does not say that the call is transcribed", remedy, required=False
    )


def _hours(profile: CompanyProfile) -> Item:
    hours = profile.hours
    if any(hours.weekly.values()) or any(one.hours for one in hours.exceptions):
        return Item("hours", "are there")
    if profile.after_hours.policy is AfterHoursPolicy.ANSWER:
        return Item("hours", "none: the agent answers at any hour (after_hours: answer)")
    remedy = "write them under hours in the profile, or set after_hours.policy: answer"
    return Item("hours", "there are none: every caller would hear that you are closed", remedy)


def _somebody(company: Company) -> Item:
    """A person to be rung, or messages that somebody reads."""
    if company.targets:
        names = ", ".join(target.id for target in company.targets)
        return Item("people", f"{names} can be rung")
    notify = company.notify
    if notify.email or notify.sms or notify.webhook:
        return Item("people", "nobody is rung: messages reach the owner")
    remedy = "add a target to ring, or an address under notify.email, and import the profile"
    return Item("people", "nobody is rung, and no address hears of messages", remedy)


def _mail(company: Company, tested: frozenset[str]) -> Item:
    """The owner must hear of every message: an address that has never worked is none."""
    what, addresses = "owner's e-mail", company.notify.email
    works = [one for one in addresses if f"email:{one}" in tested]
    if works:
        left = [one for one in addresses if one not in works]
        others = f" (not tested: {', '.join(left)})" if left else ""
        return Item(what, f"a test reached {', '.join(works)}{others}")
    if addresses:
        remedy = f"send one, and see that it arrives: clientsvia notify test {company.slug}"
        return Item(what, f"no test has been sent to {', '.join(addresses)}", remedy)
    remedy = f"add one under notify.email, import it, and run clientsvia notify test {company.slug}"
    return Item(what, "there is no address", remedy)


async def _at_twilio(setup: Setup, company: Company, twilio: TwilioAccounts) -> AsyncIterator[Item]:
    """Whether calls come here at all, and where they go when this host is down."""
    for number in company.numbers if setup.accounts(company) else ():
        what = f"{number} at Twilio"
        try:
            found = await find(setup, twilio, company, number)
        except ProviderFailed as error:
            yield Item(what, f"could not ask Twilio: {error.found}", error.remedy, required=False)
            return
        if found is None:
            remedy = "buy it or move it there, or name the account that has it in the profile"
            yield Item(what, "is not in the account", remedy, required=False)
            continue
        for check in judge(found, setup.origin):
            yield Item(what, check.found, check.remedy, required=False)
        yield _elsewhere(company, number, found.voice.fallback_url, setup.origin)


def _elsewhere(company: Company, number: str, fallback: str, origin: str) -> Item:
    """Where calls go while this host is down: whoever calls then must reach a person too."""
    what = f"{number}, {WHEN_DOWN}"
    if fallback and not fallback.startswith(f"{origin}{FALLBACK_PATH}"):
        return Item(what, f"{without_secret(fallback)} answers")
    found = "its fallback is on this host too" if fallback else "it has no fallback"
    remedy = (
        f"make one at Twilio: clientsvia number fallback {company.slug} --studio, or paste into a "
        f"TwiML Bin what clientsvia number fallback {company.slug} shows"
    )
    return Item(what, f"{found}: nobody answers", remedy)


def without_fallback(items: Iterable[Item]) -> list[Item]:
    """The checklist for somebody who goes live though nobody answers while this host is down."""
    return [
        replace(item, required=False) if item.what.endswith(WHEN_DOWN) else item for item in items
    ]
