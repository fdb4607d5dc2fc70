"""What the Configuration tab has forms of their own for: the company's basics, its account."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.pages.companies import zones
from clientsvia.admin.web.form_page import FormPage
from clientsvia.admin.web.forms import Field, Form, Kind
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.admin.web.sent import text_of
from clientsvia.companies.problems import Problem, refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    import falcon.asgi

    from clientsvia.admin.web.sent import Sent
    from clientsvia.companies.ports import StoredProfile

SID, TOKENS = "twilio.account_sid", "twilio.auth_tokens"
KEEP = "keep"
MOST_TOKENS = 4

BASICS = Form(
    (
        Field("name", "Name", "As callers hear it.", required=True),
        Field("time_zone", "Time zone", "Of its hours and its days.", Kind.CHOICE, choices=zones()),
        Field(
            "region",
            "Country",
            "Two letters, such as US: numbers without a country code are read as of there.",
            required=True,
        ),
        Field(
            "address",
            "Address",
            "Told to callers who ask where you are; empty to tell none.",
            Kind.AREA,
            rows=2,
        ),
    )
)

ACCOUNT = Form(
    (
        Field(SID, "Account SID", "AC and 32 digits, from Twilio's Console.", required=True),
        Field(
            TOKENS,
            "Auth token",
            "Left empty, the stored one stays. It is sealed, and shown to nobody again.",
            Kind.SECRET,
        ),
        Field(
            KEEP,
            "Keep the token before it as well",
            "While you change tokens at Twilio, what is signed with either is taken.",
            Kind.CHECK,
        ),
    )
)


class BasicsPage(FormPage):
    """``/companies/{slug}/configuration/basics``."""

    form: ClassVar = BASICS
    template: ClassVar = "configuration_form.html"

    async def extras(
        self, request: falcon.asgi.Request, stored: StoredProfile
    ) -> Mapping[str, Any]:
        """Its heading."""
        return {"heading": "Company"}


class TwilioPage(FormPage):
    """``/companies/{slug}/configuration/twilio``: its own account."""

    form: ClassVar = ACCOUNT
    template: ClassVar = "configuration_form.html"
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.MANAGE, "POST": Need.MANAGE}

    @classmethod
    def parts(cls) -> set[str]:
        """The account alone: which tokens are kept is no field of a profile."""
        return {"twilio"}

    async def extras(
        self, request: falcon.asgi.Request, stored: StoredProfile
    ) -> Mapping[str, Any]:
        """Its heading."""
        return {"heading": "Twilio account"}

    async def save(
        self, request: falcon.asgi.Request, sent: Mapping[str, Sent], slug: str
    ) -> StoredProfile:
        """Save the account; raises InvalidProfile where the token of another one is missing."""
        account = _account(sent, stored_of(request))
        return await self._editor.edit(
            slug, {"twilio": account}, expected=text_of(sent, "tag"), by=visitor_of(request).by
        )


def _account(sent: Mapping[str, Sent], stored: StoredProfile) -> dict[str, Any]:
    before, sid, token = stored.profile.twilio, text_of(sent, SID), text_of(sent, TOKENS)
    same = before is not None and before.account_sid == sid
    tokens = before.auth_tokens if before is not None and same else ()
    if token:
        kept = [one for one in tokens if one != token] if KEEP in sent else []
        tokens = (token, *kept)[:MOST_TOKENS]
    if sid and not tokens:
        text = "is missing: copy this account's auth token from Twilio's Console"
        raise refuse([Problem("", TOKENS, text)])
    return {"account_sid": sid, "auth_tokens": tokens}
