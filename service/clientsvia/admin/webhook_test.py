"""A test webhook: the first request of a call, sent to our own public address and judged.

It is signed as Twilio would sign it, answered as a caller would be, and leaves no trace: the log,
messages and figures do not know of it, and nobody is rung.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis.checks import VOICE_PATH
from clientsvia.admin.diagnosis.webhook import OK, PROBE_SECONDS, refused, unreachable
from clientsvia.calls.probe import PROBE_CALL
from clientsvia.errors import InvalidInput
from clientsvia.telephony.signature import sign

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from clientsvia.admin.diagnosis.checks import Setup
    from clientsvia.companies.company import Company

CALLER = "+12025550142"  # among those that belong to nobody
SLOW_MS = 1000.0
_ENDS = {"Gather": "listens", "Dial": "rings somebody", "Record": "records a message"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a test; ``remedy`` is empty when it is well.

    ``status`` is 0 when there was no answer. ``heard`` are the sentences a caller would hear, and
    ``then`` what would follow them.
    """

    number: str
    url: str
    signed: bool
    status: int
    milliseconds: float
    heard: tuple[str, ...]
    then: str
    found: str
    remedy: str = ""

    @property
    def well(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.remedy


async def send_test(setup: Setup, company: Company, number: str = "") -> Verdict:
    """Call ``number`` of the company over HTTP, its first one when left out.

    Raises InvalidInput where there is nothing to be called, or nothing to sign with.
    """
    import aiohttp  # noqa: PLC0415 - 0.3 s, as in diagnosis.webhook

    from clientsvia.simulator.document import LARGEST  # noqa: PLC0415 - it brings aiohttp

    called = number or next(iter(company.numbers), "")
    if called not in company.numbers:
        raise InvalidInput(f"{company.slug} has no number {called} in service: add it, switched on")
    url = f"{setup.origin}{VOICE_PATH}"
    form = {"CallSid": PROBE_CALL, "Called": called, "Caller": CALLER, "CallStatus": "ringing"}
    headers = _signature(setup, company, url, form)
    begun = perf_counter()
    try:
        # The demo is on this machine, where a proxy has nothing to do.
        async with (
            aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=PROBE_SECONDS), trust_env=not setup.demo
            ) as session,
            session.post(url, data=form, headers=headers, allow_redirects=False) as response,
        ):
            body = await response.content.read(LARGEST + 1)
            spent = (perf_counter() - begun) * 1000
            status, kind = response.status, response.headers.get("Content-Type", "")
    except (aiohttp.ClientError, TimeoutError) as error:
        spent = (perf_counter() - begun) * 1000
        check = unreachable(setup, error)
        return Verdict(called, url, bool(headers), 0, spent, (), "", check.found, check.remedy)
    return _judged(
        Verdict(called, url, bool(headers), status, spent, (), "", ""), company, body, kind
    )


def _signature(setup: Setup, company: Company, url: str, form: dict[str, str]) -> dict[str, str]:
    """The headers Twilio would sign with; none where signatures are not checked."""
    if not setup.signed:
        return {}
    account = next(iter(setup.accounts(company)), None)
    if account is None:
        raise InvalidInput(
            f"there is no auth token to sign a test of {company.slug} with: add "
            "twilio.account_sid and twilio.auth_tokens to its profile"
        )
    form["AccountSid"] = account.sid
    return {"X-Twilio-Signature": sign(account.tokens[0], url, form)}


def _judged(told: Verdict, company: Company, body: bytes, content_type: str) -> Verdict:
    """What a caller would hear, or why Twilio could not use the answer."""
    if told.status != OK:
        check = refused(company, told.number, told.status)
        return replace(told, found=check.found, remedy=check.remedy)
    from clientsvia.simulator.document import parse  # noqa: PLC0415 - as in send_test
    from clientsvia.simulator.problems import Refusal  # noqa: PLC0415 - likewise

    try:
        root = parse(body, content_type)
    except Refusal as refusal:
        remedy = "a proxy may stand in between: let it pass /api/twilio/ unchanged"
        found = f"Twilio could not use the answer (error {int(refusal.code)}): {refusal.message}"
        return replace(told, found=found, remedy=remedy)
    heard, then = tuple(_heard(root)), _then(root)
    found = f"answered in {told.milliseconds:.0f} ms, and {then}"
    remedy = ""
    if told.milliseconds > SLOW_MS:
        remedy = "callers wait as long for the first word: is this host, or the way to it, busy?"
    return replace(told, heard=heard, then=then, found=found, remedy=remedy)


def _heard(root: Element) -> Iterator[str]:
    """What is spoken before anything else happens; sounds are told by their address."""
    from clientsvia.simulator.document import text_of  # noqa: PLC0415 - as in send_test

    for element in root.iter():
        if element.tag in {"Say", "Play"}:
            yield text_of(element)


def _then(root: Element) -> str:
    return next((word for tag, word in _ENDS.items() if root.find(tag) is not None), "hangs up")
