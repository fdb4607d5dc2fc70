"""What saving companies means, whatever they are saved in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from clientsvia.errors import InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.companies.profile import CompanyProfile


def keep_account(profile: CompanyProfile, stored: CompanyProfile | None) -> CompanyProfile:
    """The profile with the account and tokens that are stored, where it brings none of its own."""
    if stored is None or stored.twilio is None:
        return profile
    if profile.twilio is None:
        return profile.model_copy(update={"twilio": stored.twilio})
    if profile.twilio.auth_tokens or not stored.twilio.auth_tokens:
        return profile
    if profile.twilio.account_sid != stored.twilio.account_sid:
        raise InvalidProfile(
            f"{profile.slug}: twilio.account_sid changes from {stored.twilio.account_sid} to "
            f"{profile.twilio.account_sid}, but twilio.auth_tokens is missing: "
            "write the token of the new account"
        )
    return profile.model_copy(update={"twilio": stored.twilio})


def refuse_conflicts(profiles: Sequence[CompanyProfile], owners: Mapping[str, str]) -> None:
    """Raise InvalidProfile when two companies would own one number, or one slug comes twice.

    ``owners`` are the slugs, by number, of the stored companies that are not being saved.
    """
    problems = [
        f"{slug}: comes more than once: keep one of them"
        for slug, count in Counter(profile.slug for profile in profiles).items()
        if count > 1
    ]
    owners = dict(owners)
    for profile in profiles:
        for entry in profile.numbers:
            owner = owners.setdefault(entry.number, profile.slug)
            if owner != profile.slug:
                problems.append(
                    f"{profile.slug}: the number {entry.number} belongs to company {owner}: "
                    f"take it out of {owner} first, or out of {profile.slug}"
                )
    if problems:
        raise InvalidProfile("\n".join(problems))
