"""Twilio's REST API: how an account and its numbers are configured there, and setting them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientsvia.admin.ports import AccountAtTwilio, NumberAtTwilio, VoiceSettings
from clientsvia.providers.twilio_client import TIMEOUT_S, TwilioClient

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clientsvia.admin.ports import NumberSettings
    from clientsvia.companies.company import TwilioAccount

_PAGE = 20
_LONG_PAGE = 100


class TwilioRestAccounts:
    """Asks the API at ``api`` through the twilio package."""

    def __init__(self, api: str, timeout_s: float = TIMEOUT_S) -> None:
        self._client = TwilioClient(api, timeout_s)

    async def number(self, account: TwilioAccount, number: str) -> NumberAtTwilio | None:
        """This E.164 number as the account has it, None when it owns no such number."""

        def question(client: Any) -> NumberAtTwilio | None:  # noqa: ANN401 - the package has no types
            # Twilio matches parts of numbers too.
            found = client.incoming_phone_numbers.list(phone_number=number, page_size=_PAGE)
            owned = next((one for one in found if one.phone_number == number), None)
            return None if owned is None else _as_configured(client, owned)

        return await self._client.ask(account, question)

    async def numbers(self, account: TwilioAccount) -> Sequence[NumberAtTwilio]:
        """Every number of the account, in Twilio's order."""

        def question(client: Any) -> Sequence[NumberAtTwilio]:  # noqa: ANN401 - as above
            found = client.incoming_phone_numbers.list(page_size=_LONG_PAGE)
            return [_as_configured(client, owned) for owned in found]

        return await self._client.ask(account, question)

    async def update(
        self, account: TwilioAccount, sid: str, settings: NumberSettings
    ) -> NumberAtTwilio:
        """Set a number, by Twilio's ``sid`` of it; as it is afterwards."""
        voice = settings.voice
        fields = {
            "voice_application_sid": settings.application_sid,
            "voice_url": voice.url,
            "voice_method": voice.method or "POST",  # Twilio refuses an empty one
            "voice_fallback_url": voice.fallback_url,
            "voice_fallback_method": voice.fallback_method or "POST",
            "status_callback": voice.status_url,
            "status_callback_method": voice.status_method or "POST",
        }

        def question(client: Any) -> NumberAtTwilio:  # noqa: ANN401 - as above
            return _as_configured(client, client.incoming_phone_numbers(sid).update(**fields))

        return await self._client.ask(account, question)

    async def account(self, account: TwilioAccount) -> AccountAtTwilio:
        """The account itself."""

        def question(client: Any) -> AccountAtTwilio:  # noqa: ANN401 - as above
            found = client.api.accounts(account.sid).fetch()
            return AccountAtTwilio(
                found.friendly_name or "", found.status or "", trial=found.type == "Trial"
            )

        return await self._client.ask(account, question)

    async def make_flow(
        self, account: TwilioAccount, name: str, definition: Mapping[str, Any]
    ) -> str:
        """Publish a flow of Twilio Studio, in the place of one of this name; where it answers."""
        fields = {
            "status": "published",
            "definition": dict(definition),
            "commit_message": "made by ClientsVia",
        }

        def question(client: Any) -> str:  # noqa: ANN401 - as above
            flows = client.studio.v2.flows
            named = (one for one in flows.list(page_size=_LONG_PAGE) if one.friendly_name == name)
            found = next(named, None)
            if found is None:
                return str(flows.create(friendly_name=name, **fields).webhook_url)
            return str(flows(found.sid).update(**fields).webhook_url)

        return await self._client.ask(account, question)


def _as_configured(client: Any, owned: Any) -> NumberAtTwilio:  # noqa: ANN401 - the package has no types
    application = str(owned.voice_application_sid or "")
    own = _voice(owned)
    capabilities = owned.capabilities or {}
    return NumberAtTwilio(
        number=owned.phone_number,
        sid=owned.sid,
        voice=_voice(client.applications(application).fetch()) if application else own,
        own=own,
        application_sid=application,
        trunk_sid=owned.trunk_sid or "",
        receive_mode=owned.voice_receive_mode or "voice",
        speaks=bool(capabilities.get("voice", True)),
    )


def _voice(source: Any) -> VoiceSettings:  # noqa: ANN401 - as above
    """What a number or a TwiML app says of calls."""
    return VoiceSettings(
        source.voice_url or "",
        source.voice_method or "",
        source.voice_fallback_url or "",
        source.voice_fallback_method or "",
        source.status_callback or "",
        source.status_callback_method or "",
    )
