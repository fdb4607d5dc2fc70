from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from clientsvia.calls.ports import Step
from clientsvia.companies.profile import KnowledgeEntry

if TYPE_CHECKING:
    from tests.admin.desk import Desk

PATH = "/companies/demo/questions"


async def ask(desk: Desk, *texts: str) -> None:
    """A call each, a minute apart, in vain."""
    now = desk.services.clock.now()
    for number, text in enumerate(texts):
        at = now - timedelta(minutes=len(texts) - number)
        event = {"type": "Heard", "text": text}
        answered = {"said": ["Sorry."], "source": "unknown", "outcome": "unanswered"}
        step = Step(f"CA{number}", "1:heard", "demo", 1, at, event, answered, b"<Response/>")
        await desk.services.stores.call_states.commit(step)


async def test_questions_are_listed_part_by_part(desk: Desk) -> None:
    await ask(desk, "do you mend violins", "can I buy a tuba", "violins, do you mend those?")

    first = (await desk.api("GET", f"{PATH}?limit=1", as_="reader")).json
    [violins] = first["items"]
    assert (violins["text"], violins["count"]) == ("violins, do you mend those?", 2)
    assert (violins["call_sid"], violins["answered_now"]) == ("CA2", False)

    rest = (await desk.api("GET", f"{PATH}?before={quote(first['next'])}")).json
    assert [one["text"] for one in rest["items"]] == ["can I buy a tuba"]
    assert rest["next"] is None


async def test_an_answer_that_is_saved_shows_at_once(desk: Desk) -> None:
    await ask(desk, "do you mend violins")
    entry = KnowledgeEntry(id="violins", question="Do you mend violins?", answer="We do.")

    await desk.services.companies.change(
        "demo",
        lambda stored: stored.profile.model_copy(
            update={"knowledge": (*stored.profile.knowledge, entry)}
        ),
    )

    [violins] = (await desk.api("GET", PATH)).json["items"]
    assert violins["answered_now"]


async def test_what_cannot_be_listed_is_refused(desk: Desk) -> None:
    for query in ("limit=201", "limit=0", "days=0", "before=yesterday", "before=2026-01-01"):
        assert (await desk.api("GET", f"{PATH}?{query}")).status_code == 422, query
