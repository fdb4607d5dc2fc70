"""What an import would change, company by company, before it is done."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.companies.changes import changes_between
from clientsvia.companies.problems import Problem, refuse
from clientsvia.companies.saving import (
    OTHER_SERVER,
    keep_account,
    keep_keys,
    keep_state,
    set_up,
)
from clientsvia.errors import ConfigurationError, InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clientsvia.companies.changes import Change
    from clientsvia.companies.files import ProfileFile
    from clientsvia.companies.ports import Companies
    from clientsvia.companies.profile import CompanyProfile

_NO_TOKENS = "are missing and none are stored: add the account's auth token, or remove twilio"


@dataclass(frozen=True, slots=True)
class PlannedCompany:
    """One company of an import: ``outcome`` is ``created``, ``changed`` or ``unchanged``."""

    profile: CompanyProfile
    outcome: str
    changes: Sequence[Change]


async def plan(
    companies: Companies, found: Sequence[ProfileFile], *, checked: bool
) -> Sequence[PlannedCompany]:
    """What saving these profiles would do; raises InvalidProfile when a number is taken.

    A profile without Twilio account, without its tokens or a provider's key gets what is stored.
    Where going live is ``checked``, a new company is set up first, and no file makes it live.
    """
    imported = {item.profile.slug for item in found}
    problems: list[Problem] = []
    planned = []
    for item in found:
        problems += await _taken_numbers(companies, item, imported)
        before, readable = await _stored(companies, item.profile.slug)
        profile = keep_state(item.profile, before)
        if checked and readable and (before is None or before.account.state == "setup"):
            profile = set_up(profile)
            if profile.account.state != "setup":
                problems.append(Problem(item.file, "account.state", _not_live(profile)))
        problems += _lost_target(item, profile)
        with suppress(InvalidProfile):  # the tokens that are missing are told below
            profile = keep_account(profile, before)
        try:
            profile = keep_keys(profile, before)
        except InvalidProfile:
            problems.append(Problem(item.file, "ai.api_key", OTHER_SERVER))
        if profile.twilio is not None and not profile.twilio.auth_tokens:
            problems.append(Problem(item.file, "twilio.auth_tokens", _NO_TOKENS))
        planned.append(_planned(before, profile))
    if problems:
        raise refuse(problems)
    return planned


def _not_live(profile: CompanyProfile) -> str:
    return (
        f"{profile.account.state!r} is for companies that are live: take account out, import the "
        f"file, and when all is ready run 'clientsvia company live {profile.slug}'"
    )


def _lost_target(item: ProfileFile, profile: CompanyProfile) -> Iterator[Problem]:
    """The target that a stored state names, and that the file has no more."""
    named = profile.account.target
    if named is not None and named not in {target.id for target in profile.targets}:
        state, resume = profile.account.state, f"clientsvia company resume {profile.slug}"
        text = f"is {state} to {named!r}, which is missing: keep that target, or run '{resume}'"
        yield Problem(item.file, "account.target", text)


async def _stored(companies: Companies, slug: str) -> tuple[CompanyProfile | None, bool]:
    """What is stored, and whether it can be read.

    What cannot is as good as not there, and the import mends it; callers may have been served.
    """
    try:
        stored = await companies.get(slug)
    except ConfigurationError:
        return None, False
    return (stored.profile if stored else None), True


async def _taken_numbers(
    companies: Companies, item: ProfileFile, imported: set[str]
) -> Sequence[Problem]:
    """Numbers that belong to a company which this import leaves as it is."""
    problems = []
    for entry in item.profile.numbers:
        owner = await companies.owner_of(entry.number)
        if owner is not None and owner not in imported:
            text = f"{entry.number} belongs to {owner}: remove it there or here"
            problems.append(Problem(item.file, "numbers", text))
    return problems


def _planned(before: CompanyProfile | None, after: CompanyProfile) -> PlannedCompany:
    if before is None:
        return PlannedCompany(after, "created", ())
    changes = changes_between(before, after)
    return PlannedCompany(after, "unchanged" if before == after else "changed", changes)
