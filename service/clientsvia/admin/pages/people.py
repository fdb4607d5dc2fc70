"""The People tab: who belongs to a company, as what, and who is invited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.user import email_of
from clientsvia.admin.access.visitor import Need, Role
from clientsvia.admin.web.forms import Field, Form, Kind
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.admin.web.sent import sent_form, text_of
from clientsvia.admin.web.small_form import problem_with, small_form
from clientsvia.companies.problems import Problem
from clientsvia.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.access.letters import SentLink
    from clientsvia.admin.access.members import Members
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.admin.web.sent import Sent

ROLES = (
    (Role.READER.value, "Reader: sees everything"),
    (Role.MEMBER.value, "Member: and changes it"),
    (Role.OWNER.value, "Owner: and numbers, keys, money and people"),
)
INVITE = Form(
    (
        Field("email", "E-mail address", kind=Kind.EMAIL, required=True, complete="off"),
        Field("role", "Role", kind=Kind.CHOICE, choices=ROLES),
    )
)


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """``/companies/{slug}/people``; what is sent comes here, or to the addresses below it."""

    pages: Pages
    members: Members
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ, "POST": Need.MANAGE}

    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Everybody of the company."""
        await self.show(request, response, slug)

    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Invite somebody, and show the link this once."""
        sent = await sent_form(request)
        email, role = text_of(sent, "email"), text_of(sent, "role")
        problems = problem_with("email", email_of, email) + problem_with("role", role_of, role)
        if problems:
            await self.show(request, response, slug, sent, problems)
            return
        made = await self.members.invite(
            slug,
            email,
            role_of(role),
            name=stored_of(request).profile.name,
            by=visitor_of(request).by,
        )
        await self.show(request, response, slug, link=made)

    async def show(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
        sent: Mapping[str, Sent] | None = None,
        problems: Sequence[Problem] = (),
        link: SentLink | None = None,
    ) -> None:
        """The page, with what was typed and is wrong, or with an invitation's ``link``."""
        if problems:
            response.status = falcon.HTTP_422
        self.pages.show(
            request,
            response,
            "people.html",
            form=small_form(INVITE, sent or {"role": Role.MEMBER.value}, problems),
            people=await self.members.of(slug),
            invited=await self.members.invited(slug),
            roles=ROLES,
            manages=visitor_of(request).may(Need.MANAGE, slug),
            link=link,
        )


class PersonForm(PeoplePage):
    """``/companies/{slug}/people/{user_id}``: somebody's role, or their removal."""

    async def on_get(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
        user_id: str = "",
    ) -> None:
        """Back to the page."""
        raise falcon.HTTPSeeOther(f"/companies/{slug}/people")

    async def on_post(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
        user_id: str = "",
    ) -> None:
        """Change the role; a removal is confirmed by the address."""
        sent, by = await sent_form(request), visitor_of(request).by
        removes = "remove" in sent
        try:
            person = await self.members.member(slug, user_id)
            if removes:
                _refuse_slip(person.email, text_of(sent, "confirm"))
            role = None if removes else role_of(text_of(sent, "role"))
            await self.members.set_role(slug, user_id, role, by=by)
        except InvalidInput as refused:
            await self.show(request, response, slug, None, [Problem("", "form", str(refused))])
            return
        said = "person-removed" if removes else "role"
        raise falcon.HTTPSeeOther(f"/companies/{slug}/people?said={said}")


class InvitationForm(PeoplePage):
    """``/companies/{slug}/people/invitations/{link_id}``: taking one back."""

    async def on_get(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
        link_id: str = "",
    ) -> None:
        """Back to the page."""
        raise falcon.HTTPSeeOther(f"/companies/{slug}/people")

    async def on_post(
        self,
        request: falcon.asgi.Request,
        response: falcon.asgi.Response,
        slug: str,
        link_id: str = "",
    ) -> None:
        """Take it back."""
        try:
            await self.members.take_back(slug, link_id, by=visitor_of(request).by)
        except InvalidInput as refused:
            await self.show(request, response, slug, None, [Problem("", "form", str(refused))])
            return
        raise falcon.HTTPSeeOther(f"/companies/{slug}/people?said=taken-back")


def role_of(text: str) -> Role:
    """A role by its name; raises InvalidInput for any other."""
    try:
        return Role(text)
    except ValueError:
        raise InvalidInput("choose one of reader, member and owner") from None


def _refuse_slip(email: str, typed: str) -> None:
    if typed.lower() != email:
        raise InvalidInput(
            f"{email} was not removed: type the e-mail address as it stands there, so that nobody "
            "is removed by a slip"
        )
