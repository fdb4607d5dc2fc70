"""What callers recorded, for whoever may hear it: through us, so that no token leaves us."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from clientsvia.admin.retention import account_of
from clientsvia.errors import InvalidInput, RecordingGone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clientsvia.admin.audit import AuditLog
    from clientsvia.admin.ports import Recordings, Sound
    from clientsvia.calls.ports import CallLog, Clock, LoggedCall
    from clientsvia.companies.company import TwilioAccount
    from clientsvia.companies.profile import CompanyProfile
    from clientsvia.inbox.ports import Messages

HEARD = "recording heard"
_NO_ACCOUNT = (
    "no auth token of the account at Twilio that recorded this is known: add the account's SID and "
    "token under Configuration"
)


def sid_of(url: str) -> str:
    """Twilio's SID of a recording, which is the last word of its address."""
    return urlsplit(url).path.rpartition("/")[2].partition(".")[0]


@dataclass(frozen=True, slots=True)
class Listening:
    """Opens the recordings of calls and messages, and notes who heard them."""

    log: CallLog
    messages: Messages
    recordings: Recordings
    audit: AuditLog
    clock: Clock
    platform: TwilioAccount | None

    async def open(
        self, profile: CompanyProfile, call_sid: str, sid: str, *, by: str, byte_range: str = ""
    ) -> Sound:
        """A recording of one of a company's calls, or a part of it; whoever got it closes it.

        Raises RecordingGone when the call has none of this SID, InvalidInput when no account is
        known that may fetch it, and ProviderFailed when Twilio does not give it.
        """
        url = await self._url(profile.slug, call_sid, sid)
        account = account_of(profile, self.platform, url)
        if account is None:
            raise InvalidInput(_NO_ACCOUNT)
        sound = await self.recordings.open(account, url, byte_range)
        if byte_range in {"", "bytes=0-"}:  # who goes on listening asks for part after part
            await self.audit.write(
                HEARD, at=self.clock.now(), by=by, company=profile.slug, subject=sid,
                detail={"call": call_sid},
            )  # fmt: skip
        return sound

    async def _url(self, company: str, call_sid: str, sid: str) -> str:
        call = await self.log.call(call_sid, company=company)
        message = await self.messages.get(company, call_sid)
        urls: list[str] = [*(_recorded(call) if call else ()), message.recording if message else ""]
        for url in urls:
            if url and sid_of(url) == sid:
                return url
        raise RecordingGone("this call has no such recording", "its time is over, or it never was")


def _recorded(call: LoggedCall) -> Iterator[str]:
    yield from (str(turn.event.get("url") or "") for turn in call.turns)
