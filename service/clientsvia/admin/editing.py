"""Changing part of a company's profile without overwriting what somebody else changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from clientsvia.companies.fields import STORED
from clientsvia.companies.problems import Problem, problems_of, refuse
from clientsvia.companies.profile import CompanyProfile
from clientsvia.companies.saving import OTHER_SERVER, keep_keys, with_keys
from clientsvia.errors import ChangedMeanwhile, InvalidInput, InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from clientsvia.admin.etags import Tags
    from clientsvia.companies.ports import Companies, StoredProfile

TAKEN = "is another company's: take it out there first, or type another"
"""What is said of a number that belongs to somebody else, whom it does not name."""

_JUDGED_ANEW = frozenset({"numbers", "targets", "region"})
"""Fields whose change has every number to be rung looked at as if it were new."""


class Editor:
    """Changes companies for people; ``tags`` tell whether somebody was there before."""

    def __init__(self, companies: Companies, tags: Tags) -> None:
        self._companies = companies
        self._tags = tags

    def tag(self, profile: CompanyProfile, parts: Iterable[str]) -> str:
        """One tag for several of a profile's fields: it changes when one of them does."""
        return "-".join(self._tags.tag_of(profile, part) for part in sorted(parts))

    async def edit(
        self,
        slug: str,
        patch: Mapping[str, Any],
        *,
        expected: str,
        by: str,
        whole: bool = False,
        parts: Iterable[str] = (),
    ) -> StoredProfile:
        """Save a profile with some of its fields changed.

        ``patch`` is merged into the fields it names, or put in their place where ``whole``. Raises
        ChangedMeanwhile when they are not as ``expected`` any more (a tag of these fields, or of
        ``parts`` where those are named; "*" for however they are), InvalidProfile, with the
        problems, when they cannot be, and InvalidInput when there is no such company any more.
        """
        seen = sorted(parts or patch)

        def alter(stored: StoredProfile) -> CompanyProfile:
            if expected not in {"*", self.tag(stored.profile, seen)}:
                raise ChangedMeanwhile(
                    f"{', '.join(seen)} of {slug} was changed meanwhile: load it again, "
                    "and make your change once more"
                )
            return changed(stored.profile, patch, whole=whole)

        if "numbers" in patch:
            await self._refuse_taken(slug, patch)
        return await change(self._companies, slug, alter, by=by)

    async def _refuse_taken(self, slug: str, patch: Mapping[str, Any]) -> None:
        """Numbers of other companies; whose they are, is none of this one's business."""
        stored = await self._companies.get(slug)
        wanted = changed(stored.profile, patch).numbers if stored else ()
        owners = [await self._companies.owner_of(entry.number) for entry in wanted]
        problems = [
            Problem("", f"numbers[{place}].number", f"{entry.number} {TAKEN}")
            for place, (entry, owner) in enumerate(zip(wanted, owners, strict=True), 1)
            if owner not in {None, slug}
        ]
        if problems:
            raise refuse(problems)


async def change(
    companies: Companies,
    slug: str,
    alter: Callable[[StoredProfile], CompanyProfile],
    *,
    by: str,
) -> StoredProfile:
    """Save what ``alter`` makes of a company; raises InvalidInput when there is none any more."""
    saved = await companies.change(slug, alter, by=by)
    if saved is None:
        raise InvalidInput(f"{slug} was removed meanwhile: see the list of companies")
    return saved


def changed(
    profile: CompanyProfile, patch: Mapping[str, Any], *, whole: bool = False
) -> CompanyProfile:
    """The profile with these fields changed; raises InvalidProfile with all that is wrong.

    A provider's key that is not in ``patch`` is None, and stays what is stored when it is saved.
    """
    # Without the keys of providers: one that is not typed is to be kept, and none to go elsewhere.
    before = with_keys(profile, {}).model_dump()
    data = {**before, **patch} if whole else merged(before, patch)
    try:
        after = CompanyProfile.model_validate(
            data, context=None if _JUDGED_ANEW & patch.keys() else STORED
        )
    except ValidationError as error:
        raise refuse(problems_of(error)) from None  # its own text would hold what was typed
    try:
        keep_keys(after, profile)
    except InvalidProfile:
        raise refuse([Problem("", "ai.api_key", OTHER_SERVER)]) from None
    return after


def merged(data: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """As RFC 7396 has it; null puts back what a field is without being set."""
    result = dict(data)
    for name, value in patch.items():
        old = result.get(name)
        if isinstance(value, dict) and isinstance(old, dict):
            result[name] = merged(old, value)
        elif value is None and name != "twilio":  # left out, it would be kept
            result.pop(name, None)
        else:
            result[name] = value
    return result
