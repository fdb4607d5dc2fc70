"""Callers a company knows, and what those get who hide their number or feign one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from clientsvia.admin.web.entry_page import EntryPage
from clientsvia.admin.web.form_page import FormPage
from clientsvia.admin.web.forms import Field, Form, Kind
from clientsvia.admin.web.guard import stored_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import falcon.asgi

    from clientsvia.companies.contact_profiles import CallerProfile
    from clientsvia.companies.ports import StoredProfile

ON_A_PAGE = 50
_GET = (
    ("answer", "what all callers get"),
    ("message", "the message box"),
    ("refuse", "a sentence, and no more"),
)


class CallersPage(FormPage):
    """``/companies/{slug}/hours/callers``."""

    form: ClassVar = Form(
        (
            Field(
                "callers.greet_by_name",
                "Greet known callers by their name",
                "A number can be feigned: leave it off where a name is nobody's business.",
                Kind.CHECK,
            ),
            Field("callers.anonymous", "Who hides the number gets", kind=Kind.CHOICE, choices=_GET),
            Field(
                "callers.unverified",
                "Whose number is not theirs gets",
                "As their carrier tells by STIR/SHAKEN.",
                Kind.CHOICE,
                choices=_GET,
            ),
        )
    )
    template: ClassVar = "hours/callers.html"

    async def extras(
        self, request: falcon.asgi.Request, stored: StoredProfile
    ) -> Mapping[str, Any]:
        """The known callers that are searched for, a page of them."""
        sought = request.get_param("q", default="").strip()
        found = found_callers(stored.profile.callers.known, sought)
        page = request.get_param_as_int("page", min_value=1, max_value=10_000, default=1)
        first = (page - 1) * ON_A_PAGE
        return {
            "sought": sought,
            "found": len(found),
            "callers": found[first : first + ON_A_PAGE],
            "number_of_page": page,
            "more": first + ON_A_PAGE < len(found),
        }


def found_callers(known: Sequence[CallerProfile], sought: str) -> Sequence[CallerProfile]:
    """Those whose name, notes or number hold what is sought; blocked callers for ``blocked``."""
    text = sought.casefold()
    digits = "".join(filter(str.isdigit, sought))
    return [one for one in known if text in _words(one) or (digits and digits in one.number)]


def _words(one: CallerProfile) -> str:
    return "\n".join((one.name, one.notes, "blocked" if one.blocked else "")).casefold()


class CallerPage(EntryPage):
    """``/companies/{slug}/hours/callers/{entry}``, and ``new-caller``."""

    form: ClassVar = Form(
        (
            Field("number", "Telephone number", kind=Kind.TEL, required=True),
            Field("name", "Name"),
            Field("notes", "Notes", "For the people of the company; never spoken.", Kind.AREA),
            Field("blocked", "Blocked", "Hears a sentence and no more.", Kind.CHECK),
        )
    )
    template: ClassVar = "hours/caller.html"
    entries: ClassVar = "callers.known"
    key: ClassVar = "number"
    whole: ClassVar = "number"

    def afterwards(self, request: falcon.asgi.Request) -> str:
        """The list, in which it stands."""
        return f"/companies/{stored_of(request).profile.slug}/hours/callers"

    async def extras(
        self, request: falcon.asgi.Request, stored: StoredProfile
    ) -> Mapping[str, Any]:
        """Which caller it is, where it is there."""
        wanted = request.context.entry
        known = stored.profile.callers.known
        return {"caller": next((one for one in known if one.number == wanted), None)}
