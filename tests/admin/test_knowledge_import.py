from __future__ import annotations

import pytest

from clientsvia.admin.etags import Tags
from clientsvia.admin.knowledge_import import KnowledgeImport, planned
from clientsvia.companies.files import demo_profile
from clientsvia.errors import ChangedMeanwhile, InvalidProfile
from clientsvia.stores.memory.companies import MemoryCompanies

DEMO = demo_profile()
KNOWN = DEMO.knowledge[0]
NEW = "Do you juggle swords?\nOn Sundays.\n"
TEXT = f"{NEW}\n{KNOWN.question.upper()}\nAnother answer.\n"


def test_a_question_that_is_known_is_changed_and_another_added() -> None:
    plan = planned(DEMO, TEXT, replace=False)

    assert [one.id for one in plan.added] == ["do-you-juggle-swords"]
    assert [one.id for one in plan.changed] == [KNOWN.id]
    assert not plan.removed
    assert len(plan.entries) == len(DEMO.knowledge) + 1


def test_in_place_of_all_others_they_are_removed() -> None:
    plan = planned(DEMO, TEXT, replace=True)

    assert len(plan.removed) == len(DEMO.knowledge) - 1
    assert {one.id for one in plan.entries} == {KNOWN.id, "do-you-juggle-swords"}


def test_every_entry_that_is_wrong_is_told() -> None:
    with pytest.raises(InvalidProfile) as refused:
        planned(DEMO, "question,answer\nWhy?,\n,So.\n", replace=False)
    assert [one.field for one in refused.value.problems] == ["entry 1", "entry 2"]


async def test_what_was_previewed_is_taken_in_once_the_knowledge_is_still_the_same() -> None:
    companies = MemoryCompanies()
    await companies.save([DEMO])
    intake = KnowledgeImport(companies, Tags([b"k" * 32]))
    tag = intake.tag(DEMO)

    await intake.take_in("demo", NEW, kind=None, replace=False, expected=tag, by="ann")

    stored = await companies.get("demo")
    assert stored is not None
    assert stored.profile.knowledge[-1].answer == "On Sundays."
    with pytest.raises(ChangedMeanwhile, match="preview"):
        await intake.take_in("demo", TEXT, kind=None, replace=False, expected=tag, by="bob")
