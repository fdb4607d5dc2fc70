"""Twilio's REST API: how the numbers of an account are configured there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clientsvia.admin.ports import NumberAtTwilio, VoiceSettings
from clientsvia.providers.twilio_client import TIMEOUT_S, TwilioClient

if TYPE_CHECKING:
    from clientsvia.companies.company import TwilioAccount

_PAGE = 20


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


def _as_configured(client: Any, owned: Any) -> NumberAtTwilio:  # noqa: ANN401 - the package has no types
    application = str(owned.voice_application_sid or "")
    source = client.applications(application).fetch() if application else owned
    return NumberAtTwilio(
        number=owned.phone_number,
        voice=VoiceSettings(
            source.voice_url or "",
            source.voice_method or "",
            source.voice_fallback_url or "",
            source.voice_fallback_method or "",
            source.status_callback or "",
            source.status_callback_method or "",
        ),
        application_sid=application,
        trunk_sid=owned.trunk_sid or "",
        receive_mode=owned.voice_receive_mode or "voice",
    )
