"""Forms that are no part of a profile: what was typed in them, and what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.web.forms import view
from clientsvia.companies.problems import Problem
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from clientsvia.admin.web.forms import Form, FormView
    from clientsvia.admin.web.sent import Sent


def small_form(
    form: Form, sent: Mapping[str, Sent] | None = None, problems: Iterable[Problem] = ()
) -> FormView:
    """A form as a template draws it, with all that was typed but passwords."""
    return view(form, form.sent(sent or {}), "", problems)


def problem_with(field: str, check: Callable[..., object], *given: object) -> list[Problem]:
    """What ``check`` says against a field; none where it raises no InvalidInput."""
    try:
        check(*given)
    except InvalidInput as refused:
        return [Problem("", field, str(refused))]
    return []
