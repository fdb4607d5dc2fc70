"""The entries of a company's knowledge: found, written and taken away one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from clientsvia.admin.editing import change
from clientsvia.companies.fields import slugify
from clientsvia.companies.problems import Problem, problems_of, refuse
from clientsvia.companies.profile import KnowledgeEntry
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.etags import Tags
    from clientsvia.companies.ports import Companies, StoredProfile
    from clientsvia.companies.profile import CompanyProfile

MOST = 20_000  # entries of a company, as its profile says
_ID_LENGTH = 63


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some of the entries that were asked for: ``total`` of them, from ``start`` on."""

    entries: Sequence[KnowledgeEntry]
    total: int
    start: int

    @property
    def next(self) -> int | None:
        """Where the page after this one starts."""
        end = self.start + len(self.entries)
        return end if end < self.total else None


def entries_of(profile: CompanyProfile, words: str, *, start: int, limit: int) -> EntryPage:
    """The entries in which every word stands somewhere, as they are ordered in the profile."""
    wanted = words.lower().split()
    found = [entry for entry in profile.knowledge if _has(entry, wanted)] if wanted else None
    every = profile.knowledge if found is None else found
    return EntryPage(every[start : start + limit], len(every), start)


def _has(entry: KnowledgeEntry, words: Sequence[str]) -> bool:
    text = "\n".join((entry.question, entry.answer, *entry.keywords, entry.category)).lower()
    return all(word in text for word in words)


def entry_of(profile: CompanyProfile, name: str) -> KnowledgeEntry | None:
    """The entry of this id, or None."""
    return next((entry for entry in profile.knowledge if entry.id == name), None)


def free_id(question: str, taken: Mapping[str, object] | frozenset[str]) -> str:
    """An id for a question, other than those that are taken."""
    plain = slugify(question) or "entry"
    name, count = plain, 1
    while name in taken:
        count += 1
        name = f"{plain[: _ID_LENGTH - 1 - len(str(count))].rstrip('-')}-{count}"
    return name


def checked(data: Mapping[str, Any]) -> KnowledgeEntry:
    """An entry of what was typed; raises InvalidProfile with the fields that are wrong."""
    try:
        return KnowledgeEntry.model_validate(data)
    except ValidationError as error:
        raise refuse(problems_of(error)) from None


@dataclass(frozen=True, slots=True)
class KnowledgeBook:
    """Changes entries for people; ``tags`` tell whether somebody was there before.

    Whatever is written is an entry by itself: two people may write two at once.
    """

    companies: Companies
    tags: Tags

    def tag(self, profile: CompanyProfile, name: str) -> str:
        """The tag of an entry; one that is not there has one too."""
        return self.tags.tag_of(profile, f"knowledge.{name}")

    async def add(self, slug: str, data: Mapping[str, Any], *, by: str) -> KnowledgeEntry:
        """Add an entry, with an id of its own where it brings none.

        Raises InvalidProfile with what is wrong, and when its id is taken.
        """
        entry = checked({**data, "id": data.get("id") or free_id(str(data.get("question")), {})})
        added = [entry]

        def alter(stored: StoredProfile) -> CompanyProfile:
            taken = frozenset(one.id for one in stored.profile.knowledge)
            if data.get("id") and entry.id in taken:
                text = f"an entry has the id {entry.id}: change that one, or leave the id out"
                raise refuse([Problem("", "id", text)])
            if len(taken) >= MOST:
                text = f"there are {MOST:,} entries, which is the most: remove some first"
                raise refuse([Problem("", "knowledge", text)])
            added[0] = entry.model_copy(update={"id": free_id(entry.id, taken)})
            return _with(stored.profile, (*stored.profile.knowledge, added[0]))

        await self._change(slug, alter, by=by)
        return added[0]

    async def replace(
        self, slug: str, name: str, data: Mapping[str, Any], *, expected: str, by: str
    ) -> KnowledgeEntry:
        """Put what was typed in the entry's place, if it is as ``expected`` or that is ``*``.

        Raises ChangedMeanwhile otherwise, InvalidProfile with what is wrong, and InvalidInput when
        there is no such entry.
        """
        entry = checked({**data, "id": name})

        def alter(stored: StoredProfile) -> CompanyProfile:
            _require(stored.profile, name)
            kept = (entry if one.id == name else one for one in stored.profile.knowledge)
            return _with(stored.profile, tuple(kept))

        await self._change(slug, alter, name=name, expected=expected, by=by)
        return entry

    async def remove(self, slug: str, name: str, *, expected: str, by: str) -> KnowledgeEntry:
        """Take an entry away, and return it: adding it again undoes that."""
        gone: list[KnowledgeEntry] = []

        def alter(stored: StoredProfile) -> CompanyProfile:
            gone[:] = [_require(stored.profile, name)]
            return _with(
                stored.profile, tuple(one for one in stored.profile.knowledge if one.id != name)
            )

        await self._change(slug, alter, name=name, expected=expected, by=by)
        return gone[0]

    async def _change(
        self,
        slug: str,
        alter: Any,  # noqa: ANN401 - that of Companies.change
        *,
        name: str = "",
        expected: str = "*",
        by: str,
    ) -> StoredProfile:
        if expected != "*":
            alter = self.tags.if_unchanged(expected, alter, section=f"knowledge.{name}")
        return await change(self.companies, slug, alter, by=by)


def _with(profile: CompanyProfile, entries: tuple[KnowledgeEntry, ...]) -> CompanyProfile:
    return profile.model_copy(update={"knowledge": entries})


def _require(profile: CompanyProfile, name: str) -> KnowledgeEntry:
    entry = entry_of(profile, name)
    if entry is None:
        raise InvalidInput(f"there is no entry {name}: somebody removed it; look at the list again")
    return entry
