"""What each section of a profile looks like in the JSON API, read and written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, create_model

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import GIVEN
from clientsvia.admin.api.secrets import KEY, TOKENS, Secret, told
from clientsvia.companies.contact_profiles import CallersProfile, NotifyProfile
from clientsvia.companies.profile import (
    AgentProfile,
    CompanyProfile,
    LimitsProfile,
    PrivacyProfile,
    TwilioProfile,
)
from clientsvia.companies.provider_profiles import AiProfile, ApiKey, SpendProfile, VoiceProfile
from clientsvia.companies.routing_profiles import (
    AccountProfile,
    AfterHoursProfile,
    RoutingProfile,
    UrgentProfile,
)
from clientsvia.companies.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Mapping

_BASICS = ("name", "time_zone", "region", "address", "greeting", "disclosure")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a profile with an address of its own.

    ``fields`` are the profile's fields in it: a single one that is ``flat`` is a section of the
    profile itself, whose fields stand directly in what is sent. ``secret`` is the field of it that
    only owners may set, ``need`` what changing anything else asks; None where acts of their own do
    it.
    """

    name: str
    fields: tuple[str, ...]
    sent: type[BaseModel]
    given: type[BaseModel]
    need: Need | None = Need.EDIT
    flat: bool = True
    secret: str = ""

    def read(self, profile: CompanyProfile) -> dict[str, Any]:
        """The section of a profile, without its secrets."""
        data = profile.model_dump(mode="json", by_alias=True, include=set(self.fields))
        if not self.flat:
            return data
        part: dict[str, Any] | None = data[self.name]
        if self.secret == KEY and part is not None:
            return {**part, KEY: told(part[KEY])}
        if self.secret == TOKENS:
            tokens = part[TOKENS] if part else ()
            sid = part["account_sid"] if part else None
            return {"account_sid": sid, TOKENS: [told(token) for token in tokens]}
        return part or {}


def _given(model: type[BaseModel], **fields: Any) -> type[BaseModel]:  # noqa: ANN401 - pydantic's
    """The model of what is read; ``fields`` are those that look otherwise than sent."""
    name = model.__name__.removesuffix("Sent") + GIVEN
    return create_model(name, __base__=model, __doc__=model.__doc__, **fields)


def _flat(name: str, model: type[BaseModel], need: Need | None = Need.EDIT) -> Section:
    return Section(name, (name,), model, _given(model), need)


def _keyed(name: str, model: type[BaseModel]) -> Section:
    """A section with a provider's key, which may be sent as it was told."""
    sent = create_model(
        model.__name__ + "Sent",
        __base__=model,
        __doc__=model.__doc__,
        api_key=(ApiKey | Secret | None, None),
    )
    given = _given(model, api_key=(Secret, ...))
    return Section(name, (name,), sent, given, secret=KEY)


def _listed(name: str, *fields: str, need: Need = Need.EDIT) -> Section:
    """A section of plain fields of the profile."""
    shape: dict[str, Any] = {}
    for one in fields or (name,):
        info = CompanyProfile.model_fields[one]
        shape[one] = (info.annotation, info)
    sent = create_model(
        f"{name.title()}Section",
        __config__=ConfigDict(extra="forbid", frozen=True),
        __doc__=f"The {name} of a company.",
        **shape,
    )
    return Section(name, fields or (name,), sent, _given(sent), need, flat=False)


class TwilioGiven(BaseModel):
    """The Twilio account of the company's numbers; null where it is the installation's."""

    account_sid: str | None
    auth_tokens: list[Secret]


class TwilioSent(TwilioProfile):
    """The Twilio account of the company's numbers; no tokens mean those that are stored.

    Without an ``account_sid`` there is to be none.
    """

    account_sid: str | None  # type: ignore[assignment] # which a profile says by having no section
    auth_tokens: tuple[str | Secret, ...] = ()  # type: ignore[assignment] # those that are kept too


SECTIONS: Mapping[str, Section] = {
    section.name: section
    for section in (
        _listed("basics", *_BASICS),
        _listed("numbers", need=Need.MANAGE),
        _flat("agent", AgentProfile),
        _keyed("ai", AiProfile),
        _keyed("voice", VoiceProfile),
        _flat("spend", SpendProfile, Need.MANAGE),
        _flat("hours", Schedule),
        _listed("knowledge"),
        _listed("targets"),
        _flat("after_hours", AfterHoursProfile),
        _flat("routing", RoutingProfile),
        _flat("urgent", UrgentProfile),
        _flat("account", AccountProfile, None),
        _flat("callers", CallersProfile),
        _flat("notify", NotifyProfile),
        _flat("limits", LimitsProfile),
        _flat("privacy", PrivacyProfile, Need.MANAGE),
        Section("twilio", ("twilio",), TwilioSent, TwilioGiven, Need.MANAGE, secret=TOKENS),
    )
}
"""Every section by its name, in the order of docs/companies.md."""
