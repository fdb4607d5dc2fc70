"""The webhook as Twilio meets it: asked over HTTP, at the public origin."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

from clientsvia.admin.diagnosis.checks import TIMING_PATH, VOICE_PATH, Check, Setup, Trouble
from clientsvia.calls.probe import PROBE_CALL
from clientsvia.telephony.signature import sign

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Mapping

    import aiohttp

    from clientsvia.companies.company import Company, TwilioAccount

PROBE_SECONDS = 5.0  # as long as Twilio waits for a connection
OK = 200
FORBIDDEN = 403
NOT_FOUND = 404
METHOD_NOT_ALLOWED = 405
UNAVAILABLE = 503


async def check_webhook(setup: Setup) -> AsyncIterator[Check]:
    """Whether the service answers at its origin, takes POST, and knows the numbers."""
    # PERF: 0.3 s of every start of the service, whose webhooks need none of it.
    import aiohttp  # noqa: PLC0415 - see above

    timeout = aiohttp.ClientTimeout(total=PROBE_SECONDS)
    # The demo is on this machine, where a proxy has nothing to do.
    async with aiohttp.ClientSession(timeout=timeout, trust_env=not setup.demo) as session:
        try:
            status, told = await _readiness(session, setup.origin)
            yield _service(setup.origin, status, told)
            if status != OK or told is None:
                return
            if (store := _running_store(told)) is not None:
                yield store
            yield await _method(session, f"{setup.origin}{VOICE_PATH}")
            for company, number, account in _numbers(setup):
                yield await _timed(session, setup, company, number, account)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            yield unreachable(setup, error)


async def _readiness(
    session: aiohttp.ClientSession, origin: str
) -> tuple[int, Mapping[str, Any] | None]:
    """The status of ``/health/ready``, and what it tells; None when it is not this service's."""
    async with session.get(f"{origin}/health/ready", allow_redirects=False) as response:
        if response.status not in {OK, UNAVAILABLE}:
            return response.status, None
        try:
            told = await response.json(content_type=None)
        except ValueError:
            told = None
    return response.status, told if isinstance(told, dict) and "companies" in told else None


def _service(origin: str, status: int, told: Mapping[str, Any] | None) -> Check:
    if told is None:
        found = f"something else answers at {origin} (HTTP {status})"
        remedy = "let the address lead to this service, path and query unchanged"
        return Check(Trouble.WEBHOOK, "service", found, remedy)
    if status == UNAVAILABLE:
        remedy = "wait a moment, then look at its log: the store may be failing"
        return Check(Trouble.WEBHOOK, "service", "companies are not loaded", remedy)
    return Check(Trouble.WEBHOOK, "service", f"answers at {origin}")


def _running_store(told: Mapping[str, Any]) -> Check | None:
    """What the service itself says of its store, where that is not well."""
    waiting = told.get("steps_not_stored", 0)
    if told.get("store", "ok") == "ok" and not waiting:
        return None
    found = f"the service's store is {told.get('store')}, {waiting} steps of calls not stored yet"
    remedy = "calls go on from memory meanwhile: see its log, the disk and who locks the store"
    return Check(Trouble.WEBHOOK, "service's store", found, remedy)


async def _method(session: aiohttp.ClientSession, url: str) -> Check:
    """The webhook refuses GET, and nothing else is in its place."""
    async with session.get(url, allow_redirects=False) as response:
        status = response.status
    if status == METHOD_NOT_ALLOWED:
        return Check(Trouble.WEBHOOK, "webhook URL", f"{url}, HTTP POST")
    found = f"a GET of {url} is answered with HTTP {status}, not 405"
    remedy = "a proxy stands in between: let it pass that address unchanged"
    return Check(Trouble.WEBHOOK, "webhook URL", found, remedy)


def _numbers(setup: Setup) -> Iterator[tuple[Company, str, TwilioAccount | None]]:
    """One number of each company that can be asked for, with the account that signs for it."""
    for company in setup.companies:
        accounts = setup.accounts(company)
        if company.numbers and (accounts or not setup.signed):
            yield company, company.numbers[0], next(iter(accounts), None)


async def _timed(
    session: aiohttp.ClientSession,
    setup: Setup,
    company: Company,
    number: str,
    account: TwilioAccount | None,
) -> Check:
    """One turn of the timing test, which leaves no trace, signed as Twilio would sign it."""
    url = f"{setup.origin}{TIMING_PATH}"
    form = {"Called": number, "CallSid": PROBE_CALL, "runs": "1"}
    headers = {}
    if account is not None:
        form["AccountSid"] = account.sid
        headers["X-Twilio-Signature"] = sign(account.tokens[0], url, form)
    begun = perf_counter()
    async with session.post(url, data=form, headers=headers, allow_redirects=False) as response:
        milliseconds = (perf_counter() - begun) * 1000
        return _answered(company, number, response.status, milliseconds)


def _answered(company: Company, number: str, status: int, milliseconds: float) -> Check:
    if status != OK:
        return refused(company, number, status)
    found = f"{number} is known and answered in {milliseconds:.0f} ms"
    return Check(Trouble.WEBHOOK, f"{company.slug}, test POST", found)


def refused(company: Company, number: str, status: int) -> Check:
    """Why a webhook that we signed ourselves is answered with another status than 200."""
    what = f"{company.slug}, test POST"
    if status == FORBIDDEN:
        found = "the service refuses what is signed with the stored token"
        remedy = "see its log for the reason: another CLIENTSVIA_PUBLIC_ORIGIN, or another token?"
        return Check(Trouble.WEBHOOK, what, found, remedy)
    if status == NOT_FOUND:
        found = f"the running service does not know {number}, which is in this store"
        remedy = "let both use the same CLIENTSVIA_STORE, and start the service where you ask"
        return Check(Trouble.COMPANY, what, found, remedy)
    remedy = "a proxy may stand in between: let it pass /api/twilio/ unchanged; else see the log"
    return Check(Trouble.WEBHOOK, what, f"is answered with HTTP {status}", remedy)


def unreachable(setup: Setup, error: Exception) -> Check:
    """Why nothing answers at the public origin."""
    import aiohttp  # noqa: PLC0415 - as in check_webhook

    what, origin = "service", setup.origin
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        reason = getattr(error.certificate_error, "verify_message", "") or "not trusted"
        found = f"the certificate at {origin} is refused: {reason}"
        remedy = "install one that is valid for this name, with its whole chain: Twilio checks it"
        return Check(Trouble.WEBHOOK, what, found, remedy)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        found = f"nobody knows the name in {origin}"
        remedy = "correct CLIENTSVIA_PUBLIC_ORIGIN, or add the name to your DNS"
        return Check(Trouble.WEBHOOK, what, found, remedy)
    if isinstance(error, TimeoutError):
        found = f"nothing answers at {origin} within {PROBE_SECONDS:.0f} s"
    else:
        found = f"nothing answers at {origin} ({type(error).__name__})"
    start = "make run" if setup.demo else "clientsvia serve"
    remedy = f"start it ({start}), and see that the address and its firewall lead to it"
    return Check(Trouble.WEBHOOK, what, found, remedy)
