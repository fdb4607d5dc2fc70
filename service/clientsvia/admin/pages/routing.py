"""Who takes calls first, what callers get after hours, what is urgent, and what a call may use."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from clientsvia.admin.web.form_page import FormPage
from clientsvia.admin.web.forms import Field, Form, Kind
from clientsvia.admin.web.guard import stored_of

if TYPE_CHECKING:
    import falcon.asgi

Choices = tuple[tuple[str, str], ...]

_POLICIES: Choices = (
    ("message", "a message is taken"),
    ("forward", "a person is rung"),
    ("answer", "the agent answers, as by day"),
)
_FIRST: Choices = (("agent", "the agent answers"), ("staff", "somebody is rung before the agent"))


def _form(targets: Choices = ()) -> Form:
    whom: Choices = (("", "nobody"), *targets)
    choice, number = Kind.CHOICE, Kind.NUMBER
    return Form(
        (
            Field("routing.first", "While open", kind=choice, choices=_FIRST),
            Field("routing.staff", "Who is rung first", kind=choice, choices=whom, empty=None),
            Field(
                "routing.staff_seconds", "For", "Seconds, 5 to 60, then the agent greets.", number
            ),
            Field("after_hours.policy", "While closed", kind=choice, choices=_POLICIES),
            Field(
                "after_hours.target",
                "Who is rung after hours",
                "Whatever hours they have; a message is taken when nobody answers.",
                choice,
                choices=whom,
                empty=None,
            ),
            Field(
                "urgent.phrases",
                "Urgent phrases",
                "One a line, two or three words as callers say them: burst pipe, no heat.",
                Kind.LINES,
            ),
            Field(
                "urgent.target",
                "Who is rung for them",
                "At any hour; with nobody, an urgent message is taken.",
                choice,
                choices=whom,
                empty=None,
            ),
            Field("limits.call_seconds", "Longest call", "Seconds; then a message.", number),
            Field("limits.turns", "Most turns of a call", "Then a message is taken.", number),
            Field("limits.recording_seconds", "Longest message", "Seconds.", number),
            Field("limits.calls_per_caller", "Calls of one caller", "At the same time.", number),
        )
    )


class RoutingPage(FormPage):
    """``/companies/{slug}/hours/routing``."""

    form: ClassVar = _form()
    template: ClassVar = "hours/routing.html"

    def form_of(self, request: falcon.asgi.Request) -> Form:
        """The form, with the company's targets to choose among."""
        return _form(tuple((one.id, one.name) for one in stored_of(request).profile.targets))
