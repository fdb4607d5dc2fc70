"""Entries taken in from a text: what that would change is shown before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from clientsvia.admin.editing import change
from clientsvia.admin.knowledge import MOST, free_id
from clientsvia.companies.knowledge_files import entries_in, kind_of
from clientsvia.companies.problems import Problem, problems_of, refuse
from clientsvia.companies.profile import KnowledgeEntry
from clientsvia.errors import ChangedMeanwhile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.etags import Tags
    from clientsvia.companies.knowledge_files import Kind
    from clientsvia.companies.ports import Companies, StoredProfile
    from clientsvia.companies.profile import CompanyProfile

_PROBLEMS = 50  # told at once


@dataclass(frozen=True, slots=True)
class Intake:
    """What taking entries in does: ``entries`` are all there are afterwards."""

    kind: Kind
    added: Sequence[KnowledgeEntry]
    changed: Sequence[KnowledgeEntry]
    removed: Sequence[KnowledgeEntry]
    unchanged: int
    entries: tuple[KnowledgeEntry, ...]


def planned(
    profile: CompanyProfile, text: str, *, name: str = "", kind: Kind | None = None, replace: bool
) -> Intake:
    """What a text would do to the knowledge; with ``replace`` entries it lacks are removed.

    An entry of the same id, or where it has none of the same question, is changed. ``name`` is that
    of its file. Raises InvalidProfile with all that is wrong, entry by entry.
    """
    kind = kind or kind_of(name, text)
    given = _checked(entries_in(text, kind), profile)
    before = {entry.id: entry for entry in profile.knowledge}
    kept = () if replace else tuple(one for one in profile.knowledge if one.id not in given)
    added = [one for one in given.values() if one.id not in before]
    entries = (
        *(given.get(one.id, one) for one in profile.knowledge if one.id in given or kept),
        *added,
    )
    if len(entries) > MOST:
        text = f"would make {len(entries):,} entries: {MOST:,} is the most"
        raise refuse([Problem("", "text", text)])
    changed = [one for one in given.values() if one.id in before and before[one.id] != one]
    return Intake(
        kind,
        added,
        changed,
        [one for one in profile.knowledge if replace and one.id not in given],
        len(given) - len(added) - len(changed),
        entries,
    )


def _checked(
    data: Sequence[Mapping[str, Any]], profile: CompanyProfile
) -> dict[str, KnowledgeEntry]:
    """The entries by their ids."""
    known = {" ".join(entry.question.lower().split()): entry.id for entry in profile.knowledge}
    taken = {entry.id for entry in profile.knowledge}
    entries: dict[str, KnowledgeEntry] = {}
    problems: list[Problem] = []
    for place, item in enumerate(data, 1):
        question = str(item.get("question", ""))
        name = item.get("id") or known.get(" ".join(question.lower().split()))
        name = name or free_id(question, frozenset(taken | entries.keys()))
        try:
            entry = KnowledgeEntry.model_validate({**item, "id": name})
        except ValidationError as error:
            problems += [
                Problem("", f"entry {place}", f"{one.field} {one.text}")
                for one in problems_of(error)
            ]
            continue
        if entry.id in entries:
            problems.append(
                Problem("", f"entry {place}", f"{entry.id} stands here twice: keep one")
            )
        entries[entry.id] = entry
    if problems:
        raise refuse(problems[:_PROBLEMS])
    return entries


@dataclass(frozen=True, slots=True)
class KnowledgeImport:
    """Takes entries in; ``tags`` tell whether the knowledge is still what the preview was of."""

    companies: Companies
    tags: Tags

    def tag(self, profile: CompanyProfile) -> str:
        """The tag of all entries together."""
        return self.tags.tag_of(profile, "knowledge")

    async def take_in(
        self,
        slug: str,
        text: str,
        *,
        kind: Kind | None,
        replace: bool,
        expected: str,
        by: str,
    ) -> Intake:
        """Do what was planned; raises ChangedMeanwhile when the knowledge is another by now."""
        done: list[Intake] = []

        def alter(stored: StoredProfile) -> CompanyProfile:
            if expected not in {"*", self.tag(stored.profile)}:
                raise ChangedMeanwhile(
                    "somebody changed the knowledge meanwhile: look at the preview again"
                )
            done[:] = [planned(stored.profile, text, kind=kind, replace=replace)]
            return stored.profile.model_copy(update={"knowledge": done[0].entries})

        await change(self.companies, slug, alter, by=by)
        return done[0]
