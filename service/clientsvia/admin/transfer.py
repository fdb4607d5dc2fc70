"""A whole company that is put in place of the stored one by its owner, as from a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.admin.editing import TAKEN, change
from clientsvia.companies.files import ProfileFile, read_content
from clientsvia.companies.importing import plan
from clientsvia.companies.problems import Problem, refuse

if TYPE_CHECKING:
    from clientsvia.admin.etags import Tags
    from clientsvia.companies.importing import PlannedCompany
    from clientsvia.companies.ports import Companies, StoredProfile
    from clientsvia.companies.profile import CompanyProfile


@dataclass(frozen=True, slots=True)
class Transfer:
    """Imports one company; ``checked`` where it goes live by its checklist alone."""

    companies: Companies
    tags: Tags
    checked: bool

    async def plan(self, stored: CompanyProfile, content: bytes, suffix: str) -> PlannedCompany:
        """What a file's content would change of a company; ``suffix`` is .json or .yaml.

        Raises InvalidProfile with all that is wrong.
        """
        profile, problems = read_content(content, suffix)
        if profile is None:
            raise refuse(problems)
        if profile.slug != stored.slug:
            text = f"is another company's: write {stored.slug}, or import it there"
            raise refuse([Problem("", "slug", text)])
        await self._refuse_taken(profile)
        (planned,) = await plan(self.companies, [ProfileFile("", profile)], checked=self.checked)
        return planned

    async def save(self, planned: PlannedCompany, *, expected: str, by: str) -> StoredProfile:
        """Save it; raises ChangedMeanwhile where the company is not as ``expected`` any more.

        That is a tag of the whole profile, or "*" for however it is.
        """

        def alter(_stored: StoredProfile) -> CompanyProfile:
            return planned.profile

        slug = planned.profile.slug
        careful = alter if expected == "*" else self.tags.if_unchanged(expected, alter)
        return await change(self.companies, slug, careful, by=by)

    async def _refuse_taken(self, profile: CompanyProfile) -> None:
        """Whose a number is, is none of this company's business."""
        problems = []
        for place, entry in enumerate(profile.numbers, 1):
            if await self.companies.owner_of(entry.number) not in {None, profile.slug}:
                text = f"{entry.number} {TAKEN}"
                problems.append(Problem("", f"numbers[{place}].number", text, TAKEN))
        if problems:
            raise refuse(problems)
