"""What saving companies means, whatever they are saved in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from clientsvia.companies.problems import Problem, refuse
from clientsvia.companies.routing_profiles import AccountProfile
from clientsvia.errors import InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.companies.profile import CompanyProfile


KEYED = ("ai", "voice")
"""The sections of a profile that have an ``api_key``."""

OTHER_SERVER = (
    "is missing, but ai.base_url changes: write the key of the new server, or an empty one where "
    "it needs none"
)

OTHER_ACCOUNT = (
    "is missing, but twilio.account_sid changes from {}: write the token of the new account"
)


def keep_secrets(profile: CompanyProfile, stored: CompanyProfile | None) -> CompanyProfile:
    """The profile with the secrets that are stored, where it brings none of its own."""
    return keep_keys(keep_account(profile, stored), stored)


def keep_keys(profile: CompanyProfile, stored: CompanyProfile | None) -> CompanyProfile:
    """The profile with the keys of providers that are stored, where it does not name them.

    An empty key becomes none. Raises InvalidProfile when a stored key would be sent to a server
    that it was not meant for.
    """
    old = {} if stored is None else keys_of(stored)
    new = keys_of(profile)
    elsewhere = stored is not None and stored.ai.base_url != profile.ai.base_url
    if elsewhere and old.get("ai") and new["ai"] is None:
        raise refuse([Problem(profile.slug, "ai.api_key", OTHER_SERVER)])
    kept = {name: old.get(name) if new[name] is None else new[name] or None for name in KEYED}
    return profile if kept == new else with_keys(profile, kept)


def keys_of(profile: CompanyProfile) -> dict[str, str | None]:
    """The keys of providers by section."""
    return {name: getattr(profile, name).api_key for name in KEYED}


def with_keys(profile: CompanyProfile, keys: Mapping[str, str | None]) -> CompanyProfile:
    """The profile with these keys of providers by section, and no others."""
    parts = {
        name: getattr(profile, name).model_copy(update={"api_key": keys.get(name)})
        for name in KEYED
    }
    return profile.model_copy(update=parts)


def keep_account(profile: CompanyProfile, stored: CompanyProfile | None) -> CompanyProfile:
    """The profile with the account and tokens that are stored, where it brings none of its own.

    Who writes that there is to be none, as in ``twilio: null``, has it taken away.
    """
    if stored is None or stored.twilio is None:
        return profile
    if profile.twilio is None:
        if "twilio" in profile.model_fields_set:
            return profile
        return profile.model_copy(update={"twilio": stored.twilio})
    if profile.twilio.auth_tokens or not stored.twilio.auth_tokens:
        return profile
    if profile.twilio.account_sid != stored.twilio.account_sid:
        changes = f"{stored.twilio.account_sid} to {profile.twilio.account_sid}"
        raise refuse([Problem(profile.slug, "twilio.auth_tokens", OTHER_ACCOUNT.format(changes))])
    return profile.model_copy(update={"twilio": stored.twilio})


def keep_state(profile: CompanyProfile, stored: CompanyProfile | None) -> CompanyProfile:
    """The profile with the account state that is stored, where it does not say one."""
    if stored is None or "account" in profile.model_fields_set:
        return profile
    return with_state(profile, stored.account)


def set_up(profile: CompanyProfile) -> CompanyProfile:
    """The profile as a company's that is set up first, where it does not say how it stands."""
    if "account" in profile.model_fields_set:
        return profile
    return with_state(profile, AccountProfile(state="setup"))


def with_state(profile: CompanyProfile, account: AccountProfile) -> CompanyProfile:
    """The profile with another account state."""
    return profile.model_copy(update={"account": account})


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
