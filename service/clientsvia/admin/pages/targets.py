"""People and departments that may be rung: their list, and each one's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.web.entry_page import EntryPage
from clientsvia.admin.web.forms import Field, Form, Group, Kind
from clientsvia.admin.web.guard import stored_of
from clientsvia.companies.fields import slugify
from clientsvia.companies.schedule import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import falcon.asgi

    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent
    from clientsvia.companies.ports import StoredProfile
    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.companies.routing_profiles import TargetProfile

OWN_HOURS = "own_hours"


class TargetsPage:
    """``/companies/{slug}/hours/targets``."""

    needs: ClassVar = {"GET": Need.READ}

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    async def on_get(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
    ) -> None:
        """Whom calls may be passed to, in the order in which they are tried."""
        targets = stored_of(request).profile.targets
        self._pages.show(
            request, response, "hours/targets.html", names={one.id: one.name for one in targets}
        )


class TargetPage(EntryPage):
    """``/companies/{slug}/hours/targets/{entry}``, and ``new-target``."""

    form: ClassVar = Form(())
    template: ClassVar = "hours/target.html"
    entries: ClassVar = "targets"
    whole: ClassVar = "number"

    def form_of(self, request: falcon.asgi.Request) -> Form:
        """The form, with the other targets to choose among."""
        others = [
            one for one in stored_of(request).profile.targets if one.id != request.context.entry
        ]
        return _form(others)

    def data_of(self, profile: CompanyProfile, request: falcon.asgi.Request) -> dict[str, Any]:
        """The target, and whether it has hours of its own."""
        data = super().data_of(profile, request)
        rota = data.get("rota")
        if rota:
            swaps = [
                {"from": one["start"], "to": one["end"], "member": one["member"]}
                for one in rota["swaps"]
            ]
            data["rota"] = rota | {"swaps": swaps}
        fresh = {"ring_seconds": 18, "calls_at_once": 0, "accept": True} if not data else {}
        own = {OWN_HOURS: data.get("hours") is not None}
        return fresh | data | own

    def finished(
        self, entry: dict[str, Any], profile: CompanyProfile, sent: Mapping[str, Sent]
    ) -> dict[str, Any]:
        """Without a rota where nobody takes turns, without hours where it follows the company's."""
        own = entry.pop(OWN_HOURS, False)
        rota = entry.get("rota") or {}
        taken = {one.id for one in profile.targets}
        return entry | {
            "id": entry.get("id") or free_id(str(entry["name"]), taken),
            "rota": rota if rota.get("order") or rota.get("starts") else None,
            "hours": entry.get("hours") if own else None,
        }

    def afterwards(self, request: falcon.asgi.Request) -> str:
        """The list, in which it stands."""
        return f"/companies/{stored_of(request).profile.slug}/hours/targets"

    async def extras(
        self, request: falcon.asgi.Request, stored: StoredProfile
    ) -> Mapping[str, Any]:
        """Which target it is, where it is there, and who its members may be."""
        entry = request.context.entry
        people = [one for one in stored.profile.targets if one.number and one.id != entry]
        target = next((one for one in stored.profile.targets if one.id == entry), None)
        return {"target": target, "people": people, "weekdays": WEEKDAYS}


def free_id(name: str, taken: Iterable[str]) -> str:
    """An id made of a name that no other has."""
    taken = set(taken)
    base = slugify(name)[:60] or "target"
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(one for one in (base, *numbered) if one not in taken)


def _form(others: Iterable[TargetProfile]) -> Form:
    every = [(one.id, one.name) for one in others]
    number = Kind.NUMBER
    return Form(
        (
            Field("name", "Name", "As it is spoken: the front desk, Maria.", required=True),
            Field(
                "number",
                "Telephone number",
                "Of a person; empty for a department, which has members instead.",
                Kind.TEL,
                empty=None,
            ),
            Field(
                "members",
                "Members",
                "Of a department: their ids, in the order of ringing.",
                Kind.LIST,
            ),
            Field(
                "keywords",
                "Other words for it",
                "By which callers ask for it: billing, invoice, manager.",
                Kind.LIST,
            ),
            Field(
                "ring",
                "Members ring",
                kind=Kind.CHOICE,
                choices=(("order", "one after the other"), ("together", "all at once")),
            ),
            Field(
                "ring_seconds", "Rings for", "Seconds, 5 to 120, before the next is rung.", number
            ),
            Field("calls_at_once", "Calls at once", "At most so many; 0 for any number.", number),
            Field(
                "accept",
                "Whoever is rung hears who calls, and presses 1 to take it",
                "Without it a mailbox that answers counts as a person.",
                Kind.CHECK,
            ),
            Field(
                "fallback",
                "When nobody takes it",
                "Who is rung then.",
                Kind.CHOICE,
                choices=(("", "take a message"), *every),
                empty=None,
            ),
            Field(
                "availability",
                "May be rung",
                kind=Kind.CHOICE,
                choices=(("open", "while the company is open"), ("always", "at any hour")),
            ),
            Field(
                OWN_HOURS,
                "It has hours of its own",
                "Then these count: those below, and on special days only while the company is "
                "open too, unless it may be rung at any hour.",
                Kind.CHECK,
            ),
            *(
                Field(f"hours.weekly.{day}", day.title(), kind=Kind.LIST, placeholder="not there")
                for day in WEEKDAYS
            ),
            Field("rota.starts", "Turns begin", "On the company's clock.", Kind.MOMENT, empty=None),
            Field("rota.days", "Each turn lasts", "Days.", number, empty=7),
            Field("rota.order", "In this order", "Members' ids.", Kind.LIST),
        ),
        (
            Group(
                "rota.swaps",
                "Swap",
                (
                    Field("from", "From", kind=Kind.MOMENT),
                    Field("to", "To", kind=Kind.MOMENT),
                    Field("member", "Who stands in", "A member's id."),
                ),
                key="from",
            ),
        ),
    )
