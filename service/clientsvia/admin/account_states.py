"""How a company stands: it goes live by its checklist, is suspended, forwards, and resumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

from clientsvia.companies.problems import problems_of, refuse
from clientsvia.companies.routing_profiles import AccountProfile
from clientsvia.companies.saving import with_state
from clientsvia.errors import ChangedMeanwhile, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile

_NOT_LIVE = "{slug} is not live yet: run 'clientsvia company live {slug}' first"


def live_as(looked_at: StoredProfile) -> Callable[[StoredProfile], CompanyProfile]:
    """For ``Companies.change``: lets a company go live as it was when its checklist was made.

    Raises ChangedMeanwhile when it is not so any more.
    """

    def go_live(now: StoredProfile) -> CompanyProfile:
        if now != looked_at:
            slug = looked_at.profile.slug
            raise ChangedMeanwhile(f"{slug} was changed meanwhile: go through its checklist again")
        return with_state(now.profile, AccountProfile())

    return go_live


def in_state(
    account: Mapping[str, str], *, checked: bool
) -> Callable[[StoredProfile], CompanyProfile]:
    """For ``Companies.change``: puts a company that is live into another state, or back.

    ``account`` is the profile's section. Where going live is ``checked``, a company that is being
    set up goes no other way. Raises InvalidInput, with what to do.
    """

    def alter(stored: StoredProfile) -> CompanyProfile:
        profile = stored.profile
        if profile.account.state == "setup" and checked:
            raise InvalidInput(_NOT_LIVE.format(slug=profile.slug))
        _known_target(profile, account.get("target"))
        try:
            return with_state(profile, AccountProfile.model_validate(account))
        except ValidationError as error:
            raise refuse(problems_of(error)) from None

    return alter


def _known_target(profile: CompanyProfile, target: str | None) -> None:
    known = [one.id for one in profile.targets]
    if target is not None and target not in known:
        named = f"write one of {', '.join(known)}" if known else "add one to its profile"
        raise InvalidInput(f"{profile.slug} has no target {target!r}: {named}")
