"""Closing or opening a company, or one of its targets, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.companies.routing_profiles import TargetProfile
    from clientsvia.companies.schedule import Override


def overridden(
    profile: CompanyProfile, override: Override | None, target_id: str = ""
) -> CompanyProfile:
    """The profile with the override of its hours, or of a target's own, replaced or taken away.

    Raises InvalidInput for a target that is not there, or follows the company's hours.
    """
    if not target_id:
        hours = profile.hours.model_copy(update={"override": override})
        return profile.model_copy(update={"hours": hours})
    if target_id not in {target.id for target in profile.targets}:
        known = ", ".join(target.id for target in profile.targets) or "it has none"
        raise InvalidInput(f"{profile.slug} has no target {target_id!r}: name one of {known}")
    targets = (
        _overridden(target, override) if target.id == target_id else target
        for target in profile.targets
    )
    return profile.model_copy(update={"targets": tuple(targets)})


def _overridden(target: TargetProfile, override: Override | None) -> TargetProfile:
    if target.hours is None:
        raise InvalidInput(
            f"{target.id} has no hours of its own: give it some in the profile, "
            "or leave --target out to override the company's"
        )
    hours = target.hours.model_copy(update={"override": override})
    return target.model_copy(update={"hours": hours})
