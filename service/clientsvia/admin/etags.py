"""Tags of what a profile says, so that two people do not overwrite each other."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

import orjson

from clientsvia.companies.changes import by_name
from clientsvia.companies.files import as_data
from clientsvia.companies.profile import CompanyProfile
from clientsvia.companies.saving import keys_of
from clientsvia.errors import ChangedMeanwhile, InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clientsvia.companies.ports import StoredProfile

_LENGTH = 16


class Tags:
    """Tags by the content of a section alone: whoever puts back what was there has its old tag.

    A section is a field of the profile (``agent``), an entry of one (``knowledge.pipes``), or the
    whole profile where it is empty. Secrets count, but nobody can find out one by trying.
    """

    def __init__(self, keys: Sequence[bytes]) -> None:
        """The oldest key makes them, so that another first one changes no tag."""
        self._key = hmac.digest(keys[-1], b"tags of profiles", "sha256")

    def tag_of(self, profile: CompanyProfile, section: str = "") -> str:
        """The tag of a section; what is not there has one too."""
        content = orjson.dumps(
            [section, _content(profile, section), _secrets(profile, section)],
            option=orjson.OPT_SORT_KEYS,
        )
        return hmac.digest(self._key, content, "sha256").hex()[:_LENGTH]

    def if_unchanged(
        self,
        expected: str,
        alter: Callable[[StoredProfile], CompanyProfile],
        *,
        section: str = "",
    ) -> Callable[[StoredProfile], CompanyProfile]:
        """``alter`` for ``Companies.change``, that raises ChangedMeanwhile at any other tag."""

        def careful(stored: StoredProfile) -> CompanyProfile:
            if not hmac.compare_digest(self.tag_of(stored.profile, section), expected):
                raise ChangedMeanwhile(
                    f"{section or stored.profile.slug} was changed by somebody else since you "
                    "looked at it: look at it again, and make your change to what is there now"
                )
            return alter(stored)

        return careful


def _content(profile: CompanyProfile, section: str) -> Any:  # noqa: ANN401 - JSON
    root, *path = section.split(".")
    if root and root not in CompanyProfile.model_fields:
        raise InvalidInput(f"{root!r} is no section of a profile: name one as in docs/companies.md")
    if not root:
        return as_data(profile)
    found = as_data(profile, root).get(root)
    for name in path:
        found = (by_name(found) or {}).get(name)
    return found


def _secrets(profile: CompanyProfile, section: str) -> Mapping[str, Any]:
    """The secrets that stand in this section."""
    secrets: dict[str, Any] = {name: key for name, key in keys_of(profile).items() if key}
    if profile.twilio is not None:
        secrets["twilio"] = profile.twilio.auth_tokens
    return {name: secret for name, secret in secrets.items() if section in {"", name}}
