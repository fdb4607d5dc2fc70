"""Whether a company's keys work: each asked by itself, with whatever is wrong and its remedy.

The company need not be saved: compile the profile with the key that is being entered.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis.checks import Check, Trouble
from clientsvia.admin.diagnosis.failures import failed
from clientsvia.admin.diagnosis.providers import check_model, check_voice
from clientsvia.errors import ClientsViaError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from clientsvia.admin.ports import TwilioAccounts
    from clientsvia.calls.ports import Speech
    from clientsvia.calls.responders import Answering
    from clientsvia.companies.company import Company, TwilioAccount

TWILIO_SECONDS = 10.0
NOBODYS = "+15005550006"  # a number that Twilio keeps for tests, hence no account owns it


async def check_model_keys(
    company: Company,
    models: Callable[[Company], Iterable[tuple[str, Answering]]],
    now: datetime,
) -> list[Check]:
    """A short question to each model that a call would ask, alone; it counts towards the cap.

    ``models`` is ``Responders.alone``.
    """
    checks = [await check_model(company, name, model, now) for name, model in models(company)]
    if checks:
        return checks
    remedy = (
        "enter an ai.api_key, or set ai.responder to openai or compatible; where that is done, "
        "see whether its spending cap is reached"
    )
    return [Check(Trouble.AI, f"{company.slug}, model", "no model is asked for it", remedy)]


async def check_voice_key(company: Company, voice_alone: Speech, now: datetime) -> Check:
    """A short sentence in the company's voice, kept nowhere; it counts towards the cap."""
    if voice_alone.has_voice(company):
        return await check_voice(company, voice_alone, now)
    remedy = "enter a voice.api_key, and set voice.provider to elevenlabs"
    return Check(Trouble.AI, f"{company.slug}, voice", "Twilio speaks for it", remedy)


async def check_twilio_key(
    company: Company, twilio: TwilioAccounts, platform: TwilioAccount | None
) -> Check:
    """Whether the account's auth tokens open it, and whether the first number is in it."""
    account, what = company.twilio or platform, f"{company.slug}, Twilio"
    if account is None or not account.tokens:
        remedy = "enter the account SID and an auth token, from Console → Account Dashboard"
        return Check(Trouble.WEBHOOK, what, "no account is known", remedy)
    number = next(iter(company.numbers), "")
    try:
        found = await twilio.number(account, number or NOBODYS)
    except ClientsViaError as error:
        return replace(failed(what, error, TWILIO_SECONDS), trouble=Trouble.WEBHOOK)
    opened = f"account {account.sid} is opened"
    if not number or found is not None:
        return Check(Trouble.WEBHOOK, what, f"{opened}, and owns {number}" if number else opened)
    remedy = f"enter the account that owns {number}, or buy or port the number into this one"
    return Check(Trouble.WEBHOOK, what, f"{opened}, but does not own {number}", remedy)
