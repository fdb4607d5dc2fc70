"""What was changed in a company, field by field, and how an earlier state is put back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientsvia.companies.changes import Change, changes_between, data_changes
from clientsvia.companies.problems import check, refuse
from clientsvia.companies.saving import keep_secrets, with_state
from clientsvia.errors import ChangedMeanwhile, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.companies.ports import Companies, StoredProfile
    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.companies.revisions import Revision

SECRET = "(secret)"  # noqa: S105 - what is shown in place of one


@dataclass(frozen=True, slots=True)
class Edit:
    """A revision with all that differs from the one ``before`` it; None where there is none."""

    revision: Revision
    before: int | None
    changes: Sequence[Change]


async def changes_of(companies: Companies, slug: str, revision: int) -> Edit:
    """What a revision changed; of the oldest that is kept, all that it says.

    Raises InvalidInput when the company has no such revision.
    """
    found = [*await companies.revisions(slug, before=revision + 1, limit=2)]
    if not found or found[0].revision != revision:
        raise _no_revision(slug, revision)
    after, earlier = found[0], found[1:]
    changes = data_changes(earlier[0].profile if earlier else {}, after.profile)
    hidden = (Change(name, SECRET, SECRET) for name in after.secrets)
    return Edit(after, earlier[0].revision if earlier else None, (*changes, *hidden))


async def put_back(
    companies: Companies, slug: str, revision: int, *, expected: int, by: str
) -> StoredProfile:
    """Make a company what it was at a revision, with its present secrets, account and state.

    ``expected`` is the revision of what was looked at: ChangedMeanwhile is raised at any other.
    Raises InvalidInput, with its reason, where it cannot be as it was.
    """
    old = await _earlier(companies, slug, revision)

    def alter(stored: StoredProfile) -> CompanyProfile:
        if stored.revision != expected:
            raise ChangedMeanwhile(
                f"{slug} was changed by somebody else since you looked at it: look at it again"
            )
        return _as_it_was(stored.profile, old)

    author = f"{by} (put back revision {revision})"
    saved = await companies.change(slug, alter, by=author)
    if saved is None:
        raise _no_revision(slug, revision)
    return saved


async def changes_by_putting_back(
    companies: Companies, slug: str, revision: int
) -> Sequence[Change]:
    """What ``put_back`` would change now; raises InvalidInput as that does."""
    old = await _earlier(companies, slug, revision)
    stored = await companies.get(slug)
    if stored is None:
        raise _no_revision(slug, revision)
    profile = keep_secrets(_as_it_was(stored.profile, old), stored.profile)
    return changes_between(stored.profile, profile)


async def _earlier(companies: Companies, slug: str, revision: int) -> Revision:
    """The revision, whose numbers are all free or the company's own."""
    found = await companies.revisions(slug, before=revision + 1, limit=1)
    if not found or found[0].revision != revision or found[0].removed:
        raise _no_revision(slug, revision)
    for entry in found[0].profile.get("numbers", ()):
        owner = await companies.owner_of(entry["number"])
        if owner not in {None, slug}:  # whose it is concerns nobody here
            raise InvalidInput(
                f"revision {revision} cannot be put back: its number {entry['number']} belongs to "
                "another company now; have it taken out there first, or change the fields by hand"
            )
    return found[0]


def _as_it_was(now: CompanyProfile, old: Revision) -> CompanyProfile:
    place = f"revision {old.revision} cannot be put back"
    # An account without its tokens is of no use, and whoever was suspended since stays so.
    data = {name: old.profile[name] for name in old.profile if name not in {"twilio", "account"}}
    profile, problems = check(data, place)
    if profile is None:
        raise refuse(problems)
    if now.ai.api_key and now.ai.base_url != profile.ai.base_url:
        raise InvalidInput(
            f"{place}: its models are on another server, whose key is not kept. Set ai.base_url "
            "and ai.api_key to what they were, then put back the rest"
        )
    target = now.account.target
    if target is not None and target not in {one.id for one in profile.targets}:
        raise InvalidInput(
            f"{place}: calls are forwarded to {target!r}, which is not in it. "
            f"Run 'clientsvia company resume {now.slug}' first"
        )
    return with_state(profile, now.account)


def _no_revision(slug: str, revision: int) -> InvalidInput:
    return InvalidInput(
        f"company {slug!r} has no revision {revision}: see 'clientsvia history list {slug}'"
    )
