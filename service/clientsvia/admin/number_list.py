"""A company's numbers, changed one at a time: added, switched off and on, put first, taken out."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from clientsvia.admin.editing import TAKEN
from clientsvia.companies.fields import in_e164
from clientsvia.companies.problems import Problem, refuse
from clientsvia.errors import InvalidInput, InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clientsvia.admin.editing import Editor
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import NumberEntry

FIELD = "number"


class NumberAct(StrEnum):
    """What is done with one number."""

    ADD = "add"
    FIRST = "first"
    OFF = "off"
    ON = "on"
    REMOVE = "remove"


async def change_number(
    editor: Editor, stored: StoredProfile, act: NumberAct, typed: str, *, by: str
) -> StoredProfile:
    """Do one thing with one number, in any spelling; the others stay as they are.

    Raises InvalidProfile, with a problem of FIELD, for what is no number or belongs to somebody
    else, and InvalidInput for one that the company has not.
    """
    profile = stored.profile
    number = in_e164(typed.strip(), profile.region)
    if act is NumberAct.ADD:
        if number in {entry.number for entry in profile.numbers}:
            raise refuse([Problem("", FIELD, f"{number} stands in the list: switch it on there")])
        wanted = [*_plain(profile.numbers), {"number": number, "active": True}]
    else:
        wanted = _plain(_changed(profile.numbers, act, number))
    tag = editor.tag(profile, ["numbers"])
    try:
        return await editor.edit(profile.slug, {"numbers": wanted}, expected=tag, by=by)
    except InvalidProfile as refused:
        texts = [one.text for one in refused.problems] or [TAKEN]
        raise refuse(Problem("", FIELD, text) for text in texts) from None


def _plain(entries: Sequence[NumberEntry]) -> list[dict[str, object]]:
    return [entry.model_dump() for entry in entries]


def _changed(entries: Sequence[NumberEntry], act: NumberAct, number: str) -> list[NumberEntry]:
    this = next((one for one in entries if one.number == number), None)
    if this is None:
        raise InvalidInput(f"{number} is not in the list any more: look at it again")
    others = [one for one in entries if one is not this]
    if act is NumberAct.REMOVE:
        return others
    if act is NumberAct.FIRST:
        return [this, *others]
    switched = this.model_copy(update={"active": act is NumberAct.ON})
    return [switched if one is this else one for one in entries]
