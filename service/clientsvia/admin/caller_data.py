"""All that is kept of one caller: told to whoever asks for it, or erased."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from clientsvia.admin.kept_calls import Forgotten
from clientsvia.calls.log_queries import CallFilter
from clientsvia.companies.known_callers import number_of
from clientsvia.errors import InvalidInput
from clientsvia.telephony.numbers import redact

if TYPE_CHECKING:
    from clientsvia.admin.audit import AuditLog
    from clientsvia.admin.kept_calls import KeptCalls
    from clientsvia.admin.retention import Deletions
    from clientsvia.calls.ports import CallLog, Clock
    from clientsvia.companies.ports import Companies, StoredProfile
    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.inbox.ports import Messages

AT_ONCE = 20
"""Calls that are forgotten in one transaction."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased of a caller; ``owed`` recordings Twilio has not deleted yet."""

    company: str
    number: str
    card: bool
    kept: Forgotten
    owed: int


@dataclass(frozen=True, slots=True)
class CallerData:
    """Finds and erases what a company keeps of a caller's number, written in any way."""

    companies: Companies
    call_log: CallLog
    messages: Messages
    kept: KeptCalls
    deletions: Deletions
    audit: AuditLog
    clock: Clock

    async def export(self, company: str, raw: str, *, by: str) -> dict[str, Any]:
        """Everything as JSON data: the card, calls with their turns, messages and notices."""
        stored = await self._stored(company)
        number = number_of(stored.profile, raw)
        sids = await self._sids(company, number)
        calls = [await self.call_log.call(sid, company=company) for sid in sids]
        messages = [await self.messages.get(company, sid) for sid in sids]
        now, subject = self.clock.now(), redact(number)
        await self.audit.write("caller exported", at=now, by=by, company=company, subject=subject)
        return {
            "company": company,
            "number": number,
            "exported_at": now,
            "card": [one.model_dump() for one in _cards(stored.profile, number)],
            "calls": [asdict(call) for call in calls if call is not None],
            "messages": [asdict(message) for message in messages if message is not None],
            "notices": list(await self.kept.notices(company, sids)),
        }

    async def erase(self, company: str, raw: str, *, by: str) -> Erased:
        """Delete all of it, whatever its age; the audit log keeps how much, and no number.

        What is written while the caller is on the line is not: erase again when the call is over.
        """
        stored = await self._stored(company)
        number = number_of(stored.profile, raw)
        sids = await self._sids(company, number)
        total, now = Forgotten(), self.clock.now()
        for start in range(0, len(sids), AT_ONCE):
            some = sids[start : start + AT_ONCE]
            total += await self.kept.forget(company, some, now, open_messages=True)
        card = bool(_cards(stored.profile, number))
        if card:
            await self.companies.change(company, lambda known: _without(known, number), by=by)
        # Whatever the card is now: what it was is in the history, and could be put back.
        await self.companies.forget_caller(company, number)
        owed = await self.deletions.work(company)
        erased = Erased(company, number, card, total, owed)
        detail = {"card": card, **asdict(total), "owed": owed}
        subject = redact(number)
        await self.audit.write(
            "caller erased", at=now, by=by, company=company, subject=subject, detail=detail
        )
        return erased

    async def erase_confirmed(self, company: str, raw: str, again: str, *, by: str) -> Erased:
        """``erase``, for whoever wrote the number ``again``, in any way; else InvalidInput."""
        profile = (await self._stored(company)).profile
        number = number_of(profile, raw)
        try:
            same = number_of(profile, again) == number
        except InvalidInput:
            same = False
        if not same:
            raise InvalidInput(
                "nothing was erased: what is erased is gone for good, so type the caller's number "
                "again to confirm it"
            )
        return await self.erase(company, raw, by=by)

    async def _stored(self, company: str) -> StoredProfile:
        stored = await self.companies.get(company)
        if stored is None:
            raise InvalidInput(f"no company is called {company!r}: see 'clientsvia company list'")
        return stored

    async def _sids(self, company: str, number: str) -> list[str]:
        await self.call_log.flush()
        await self.call_log.calls(CallFilter(company), limit=1)  # files what waits in the journal
        return list(await self.kept.of_caller(company, number))


def _cards(profile: CompanyProfile, number: str) -> list[Any]:
    return [one for one in profile.callers.known if one.number == number]


def _without(stored: StoredProfile, number: str) -> CompanyProfile:
    callers = stored.profile.callers
    known = tuple(one for one in callers.known if one.number != number)
    changed = callers.model_copy(update={"known": known})
    return stored.profile.model_copy(update={"callers": changed})
