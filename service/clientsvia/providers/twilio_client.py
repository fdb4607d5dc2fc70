"""Twilio's REST API through the twilio package, with its failures put into words."""

from __future__ import annotations

import asyncio
import json
import logging
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from clientsvia.errors import KeyRefused, ProviderFailed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from clientsvia.companies.company import TwilioAccount

T = TypeVar("T")

TWILIO = "https://api.twilio.com"
TIMEOUT_S = 5.0
"""How long Twilio may take to accept a connection, and again to answer."""

UNAUTHORIZED = 401
TOO_MANY = 429
_SHOWN = 200

# The package takes Twilio's edge and region from the environment, and logs the numbers asked for.
_NO_ENVIRONMENT = {"TWILIO_EDGE": "", "TWILIO_REGION": ""}
_QUIET = logging.getLogger(f"{__name__}.requests")
_QUIET.setLevel(logging.WARNING)

REMEDIES: Mapping[int, str] = {
    20005: "the account is suspended or closed: open it again at Console → Account Dashboard",
    20008: "these are test credentials: copy the live ones from Console → Account Dashboard",
    20404: "see that the account SID is that of the account which owns the number",
}


class _WrongToken(Exception):
    """Twilio does not accept this token; another may be good."""


def no_token(account: TwilioAccount) -> KeyRefused:
    """What to say where Twilio accepts none of an account's tokens."""
    return KeyRefused(
        f"it accepts no auth token of account {account.sid} (HTTP 401, error 20003)",
        "copy the account SID and the auth token anew from Console → Account Dashboard → "
        "Account Info, and import them",
    )


class TwilioClient:
    """Asks the API at ``api``, in a thread of its own.

    ``refusals`` makes an exception of Twilio's error code and what was found, where it has one.
    """

    def __init__(
        self,
        api: str,
        timeout_s: float = TIMEOUT_S,
        refusals: Callable[[int, str], ProviderFailed | None] = lambda _code, _found: None,
    ) -> None:
        self._api = api.rstrip("/")
        self._timeout_s = timeout_s
        self._refusals = refusals

    async def ask(self, account: TwilioAccount, question: Callable[[Any], T]) -> T:
        """What ``question`` returns for the package's client of this account.

        It is asked again with the account's next token where one is not accepted.
        """
        return await asyncio.to_thread(self._with_any_token, account, question)

    def _with_any_token(self, account: TwilioAccount, question: Callable[[Any], T]) -> T:
        for token in account.tokens:
            with suppress(_WrongToken):
                return self._ask(account.sid, token, question)
        raise no_token(account)

    def _ask(self, sid: str, token: str, question: Callable[[Any], T]) -> T:
        # PERF: 50 MB and half a second, which only those who ask Twilio need to spend.
        from twilio.http.http_client import TwilioHttpClient  # noqa: PLC0415 - see above
        from twilio.rest import Client  # noqa: PLC0415 - see above

        http = TwilioHttpClient(timeout=self._timeout_s, logger=_QUIET)
        try:
            client = Client(sid, token, http_client=http, environment=_NO_ENVIRONMENT)
            client.api.base_url = self._api
            if self._api != TWILIO:  # a gateway stands for every host of Twilio's
                client.studio.base_url = self._api
            with self._explained():
                return question(client)
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
        return self._refusals(code, what) or ProviderFailed(what, REMEDIES.get(code, later))

    def _no_api(self, answered: str) -> ProviderFailed:
        return ProviderFailed(
            f"{self._api} answers {answered}, so it is not Twilio's API",
            "see CLIENTSVIA_TWILIO_API, and any proxy in between",
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
