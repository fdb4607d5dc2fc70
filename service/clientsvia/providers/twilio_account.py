"""Twilio's REST API: how the numbers of an account are configured there."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from clientsvia.admin.ports import NumberAtTwilio, VoiceSettings
from clientsvia.errors import ProviderFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.companies.company import TwilioAccount

TIMEOUT_S = 5.0
"""How long Twilio may take to accept a connection, and again to answer."""

UNAUTHORIZED = 401
TOO_MANY = 429
_PAGE = 20
_SHOWN = 200

# The package takes Twilio's edge and region from the environment, and logs the numbers asked for.
_NO_ENVIRONMENT = {"TWILIO_EDGE": "", "TWILIO_REGION": ""}
_QUIET = logging.getLogger(f"{__name__}.requests")
_QUIET.setLevel(logging.WARNING)

_REMEDIES = {
    20005: "the account is suspended or closed: open it again at Console → Account Dashboard",
    20008: "these are test credentials: copy the live ones from Console → Account Dashboard",
    20404: "see that the account SID is that of the account which owns the number",
}


class _WrongToken(Exception):
    """Twilio does not accept this token; another may be good."""


class TwilioRestAccounts:
    """Asks the API at ``api`` through the twilio package, in a thread of its own."""

    def __init__(self, api: str, timeout_s: float = TIMEOUT_S) -> None:
        self._api = api.rstrip("/")
        self._timeout_s = timeout_s

    async def number(self, account: TwilioAccount, number: str) -> NumberAtTwilio | None:
        """This E.164 number as the account has it, None when it owns no such number."""
        return await asyncio.to_thread(self._with_any_token, account, number)

    def _with_any_token(self, account: TwilioAccount, number: str) -> NumberAtTwilio | None:
        for token in account.tokens:
            with suppress(_WrongToken):
                return self._ask(account.sid, token, number)
        raise ProviderFailed(
            f"it accepts no auth token of account {account.sid} (HTTP 401, error 20003)",
            "copy the account SID and the auth token anew from Console → Account Dashboard → "
            "Account Info, and import them",
        )

    def _ask(self, sid: str, token: str, number: str) -> NumberAtTwilio | None:
        # PERF: 50 MB and half a second, which only those who ask Twilio need to spend.
        from twilio.http.http_client import TwilioHttpClient  # noqa: PLC0415 - see above
        from twilio.rest import Client  # noqa: PLC0415 - see above

        http = TwilioHttpClient(timeout=self._timeout_s, logger=_QUIET)
        try:
            client = Client(sid, token, http_client=http, environment=_NO_ENVIRONMENT)
            client.api.base_url = self._api
            with self._explained():
                # Twilio matches parts of numbers too.
                found = client.incoming_phone_numbers.list(phone_number=number, page_size=_PAGE)
                owned = next((one for one in found if one.phone_number == number), None)
                return None if owned is None else _as_configured(client, owned)
        finally:
            http.session.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn whatever the package raises into ProviderFailed, or _WrongToken."""
        from twilio.base.exceptions import TwilioException  # noqa: PLC0415 - as in _ask

        try:
            yield
        except TwilioException as error:
            raise self._refusal(*_status(error)) from None
        except OSError as error:  # what requests raises is one
            raise ProviderFailed(
                f"{self._api} cannot be reached ({type(error).__name__})",
                "see that this machine may reach it, set HTTPS_PROXY where there is a proxy, and "
                "ask again",
            ) from None
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise self._no_api(f"no JSON that can be understood ({type(error).__name__})") from None

    def _refusal(self, status: int, text: str) -> Exception:
        code, message = _body(text)
        if status == UNAUTHORIZED:
            return _WrongToken()
        if not code and status < 500:  # noqa: PLR2004 - HTTP's first server error
            return self._no_api(f"HTTP {status}")
        what = f"it answers HTTP {status}" + (f", error {code}: {message}" if code else "")
        if status == TOO_MANY:
            return ProviderFailed(what, "too many requests at once: wait a minute, and ask again")
        later = "see https://status.twilio.com, and ask again later"
        return ProviderFailed(what, _REMEDIES.get(code, later))

    def _no_api(self, answered: str) -> ProviderFailed:
        return ProviderFailed(
            f"{self._api} answers {answered}, so it is not Twilio's API",
            "see CLIENTSVIA_TWILIO_API, and any proxy in between",
        )


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


def _status(error: Exception) -> tuple[int, str]:
    """HTTP status and body of a refusal; lists raise another exception than single things."""
    from twilio.http.response import Response  # noqa: PLC0415 - as in _ask

    response = error.args[-1] if error.args else None
    if isinstance(response, Response):
        return response.status_code, str(response.text)
    status = int(getattr(error, "status", 0))
    message = getattr(error, "msg", "") or getattr(error, "title", "")
    told = {"code": getattr(error, "code", 0), "message": message}
    return status, json.dumps(told)


def _body(text: str) -> tuple[int, str]:
    """Twilio's error code and sentence; (0, "") when the body is not of its making."""
    try:
        told = json.loads(text)
        return int(told["code"]), str(told["message"])[:_SHOWN]
    except (ValueError, LookupError, TypeError):
        return 0, ""
