from __future__ import annotations

import pytest

from clientsvia.admin.editing import Editor
from clientsvia.admin.etags import Tags
from clientsvia.companies.files import demo_profile
from clientsvia.errors import ChangedMeanwhile, InvalidInput, InvalidProfile
from clientsvia.stores.memory.companies import MemoryCompanies


@pytest.fixture
async def companies() -> MemoryCompanies:
    store = MemoryCompanies()
    await store.save([demo_profile()])
    return store


@pytest.fixture
def editor(companies: MemoryCompanies) -> Editor:
    return Editor(companies, Tags([b"k" * 32]))


async def test_an_edit_changes_the_fields_it_names_and_keeps_the_rest(editor: Editor) -> None:
    before = demo_profile()
    tag = editor.tag(before, ["agent"])

    saved = await editor.edit("demo", {"agent": {"name": "Bea"}}, expected=tag, by="ann")

    assert saved.profile.agent == before.agent.model_copy(update={"name": "Bea"})
    assert saved.profile.knowledge == before.knowledge


async def test_an_edit_in_place_of_a_section_puts_its_defaults_where_it_says_nothing(
    editor: Editor,
) -> None:
    saved = await editor.edit(
        "demo", {"agent": {"name": "Bea"}}, expected="*", by="ann", whole=True
    )

    assert saved.profile.agent.personality == ""


async def test_of_two_who_edit_the_same_section_the_second_is_told(editor: Editor) -> None:
    tag = editor.tag(demo_profile(), ["agent"])
    await editor.edit("demo", {"agent": {"name": "Bea"}}, expected=tag, by="ann")

    with pytest.raises(ChangedMeanwhile, match="load it again"):
        await editor.edit("demo", {"agent": {"name": "Cleo"}}, expected=tag, by="bob")


async def test_two_who_edit_different_sections_do_not_meet(editor: Editor) -> None:
    first = editor.tag(demo_profile(), ["agent"])
    second = editor.tag(demo_profile(), ["greeting"])
    await editor.edit("demo", {"agent": {"name": "Bea"}}, expected=first, by="ann")

    saved = await editor.edit("demo", {"greeting": "Hello!"}, expected=second, by="bob")

    assert (saved.profile.agent.name, saved.profile.greeting) == ("Bea", "Hello!")


async def test_what_cannot_be_is_refused_with_each_problem_and_nothing_is_saved(
    editor: Editor, companies: MemoryCompanies
) -> None:
    with pytest.raises(InvalidProfile) as refused:
        await editor.edit("demo", {"agent": {"name": "", "language": "?"}}, expected="*", by="a")

    assert [one.field for one in refused.value.problems] == ["agent.name", "agent.language"]
    stored = await companies.get("demo")
    assert stored is not None
    assert stored.profile == demo_profile()


async def test_a_company_that_was_removed_meanwhile_is_told(editor: Editor) -> None:
    with pytest.raises(InvalidInput, match="see the list of companies"):
        await editor.edit("gone", {"greeting": "Hi"}, expected="*", by="ann")
