"""What is mailed with a one-time link, where a mail server is set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import structlog

from clientsvia.admin.access.ports import LinkKind
from clientsvia.errors import ProviderFailed

if TYPE_CHECKING:
    from clientsvia.admin.access.links import MadeLink

log = structlog.get_logger(__name__)


class Mail(Protocol):
    """Where mail is handed in."""

    async def send(self, address: str, subject: str, body: str) -> None:
        """Hand in a mail; raises ProviderFailed when that is not possible."""


@dataclass(frozen=True, slots=True)
class SentLink:
    """A link that was just made: ``url`` is shown this once.

    ``mailed`` is whether the mail server took it; where it did not, ``why`` says what is to be done
    about that, and is empty where there is no mail server at all.
    """

    url: str
    made: MadeLink
    mailed: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Letters:
    """Mails links; without a mail server, ``mail`` is None."""

    mail: Mail | None
    origin: str

    async def send(
        self, made: MadeLink, kind: LinkKind, email: str, *, what: str, by: str
    ) -> SentLink:
        """Mail a link to whom it is for; ``what`` is what an invitation is to."""
        url = self.origin + made.path
        if self.mail is None:
            return SentLink(url, made, mailed=False)
        until = f"{made.expires_at:%Y-%m-%d %H:%M} UTC"
        subject, opening = _words(kind, what, by)
        body = f"{opening}\n\n{url}\n\nThe link works once, until {until}.\n"
        try:
            await self.mail.send(email, subject, body)
        except ProviderFailed as failed:
            log.warning("a link was not mailed", reason=str(failed))
            return SentLink(url, made, mailed=False, why=str(failed))
        return SentLink(url, made, mailed=True)


def _words(kind: LinkKind, what: str, by: str) -> tuple[str, str]:
    if kind is LinkKind.INVITE:
        body = (
            f"{by} invited you to {what} on ClientsVia, which answers its phone.\n"
            "Open this link to join; if you know nothing of it, leave it."
        )
        return f"Join {what} on ClientsVia", body
    body = (
        "Somebody asked for another password for your user at ClientsVia. Open this link to choose "
        "it.\nIf it was not you, leave the link: your password stays as it is."
    )
    return "Choose another password for ClientsVia", body
