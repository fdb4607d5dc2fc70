"""Closing or opening a company by hand, up to a time or until it is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, cast

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.overrides import State, Wish, override
from clientsvia.admin.web.forms import Field, Form, Kind, view
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.companies.problems import Problem, refuse
from clientsvia.errors import InvalidInput, InvalidProfile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clientsvia.admin.web.rendering import Pages
    from clientsvia.calls.ports import Clock
    from clientsvia.companies.ports import Companies, StoredProfile
    from clientsvia.companies.schedule import Override

CLEAR = "_clear"
_STATES = (("closed", "closed"), ("open", "open"))


class OverridePage:
    """``/companies/{slug}/hours/override``."""

    needs: ClassVar = {"GET": Need.READ, "POST": Need.EDIT}

    def __init__(self, pages: Pages, companies: Companies, clock: Clock) -> None:
        self._pages = pages
        self._companies = companies
        self._clock = clock

    async def on_get(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
    ) -> None:
        """What is set by hand, and a form that sets it."""
        self._show(request, response, {})

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Set it, or take it away."""
        sent = await sent_form(request)
        try:
            wish = _wish({name: text_of(sent, name) for name in sent})
            by = visitor_of(request).by
            await override(self._companies, slug, wish, self._clock.now(), by=by)
        except InvalidInput as refused:
            response.status = falcon.HTTP_422
            texts = {name: text_of(sent, name) for name in sent}
            self._show(request, response, texts, _problems(refused))
        else:
            raise falcon.HTTPSeeOther(f"{request.path}?said=saved")

    def _show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        texts: Mapping[str, str],
        problems: Iterable[Problem] = (),
    ) -> None:
        stored = stored_of(request)
        self._pages.show(
            request,
            response,
            "hours/override.html",
            form=view(_form(stored), texts, "", problems),
            standing=_standing(stored),
            now=self._clock.now(),
        )


def _wish(texts: Mapping[str, str]) -> Wish:
    if CLEAR in texts:
        return Wish(None, target=texts.get("of", ""))
    state = texts.get("state", "")
    if state not in dict(_STATES):
        raise refuse([Problem("", "state", "says neither open nor closed: choose one")])
    return Wish(
        cast("State", state), texts.get("until", ""), texts.get("label", ""), texts.get("of", "")
    )


def _problems(refused: InvalidInput) -> Sequence[Problem]:
    """By their fields; what is no profile's is the moment or, with a target, that."""
    if isinstance(refused, InvalidProfile):
        found: Sequence[Problem] = refused.problems
        return found
    return [Problem("", "until", str(refused))]


def _form(stored: StoredProfile) -> Form:
    own = [(one.id, one.name) for one in stored.profile.targets if one.hours is not None]
    return Form(
        (
            Field(
                "of",
                "Whom",
                "The company, or whoever has hours of their own.",
                Kind.CHOICE,
                choices=(("", stored.profile.name), *own),
            ),
            Field("state", "Is", kind=Kind.CHOICE, choices=_STATES),
            Field(
                "until",
                "Until",
                f"On the clock of {stored.profile.time_zone}; empty until it is taken away.",
                Kind.MOMENT,
            ),
            Field("label", "Why", "As callers are told: power cut, team day."),
        )
    )


def _standing(stored: StoredProfile) -> Sequence[tuple[str, str, Override]]:
    """What is set by hand: whose, the id, and what; what is over still stands until taken away."""
    profile = stored.profile
    every: list[tuple[str, str, Any]] = [("", profile.name, profile.hours.override)]
    every += [(one.id, one.name, one.hours.override) for one in profile.targets if one.hours]
    return [one for one in every if one[2] is not None]
