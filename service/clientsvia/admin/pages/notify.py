"""Who hears of messages and missed transfers, and whether they can be reached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import falcon
import falcon.asgi

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.channel_test import PAGE_WAITS, TESTED
from clientsvia.admin.web.form_page import FormPage
from clientsvia.admin.web.forms import Field, Form, Kind
from clientsvia.admin.web.guard import visitor_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clientsvia.admin.audit import AuditLog
    from clientsvia.admin.channel_test import ChannelTest
    from clientsvia.admin.editing import Editor
    from clientsvia.admin.web.rendering import Pages
    from clientsvia.companies.ports import StoredProfile

SHOWN = 20


class NotifyPage(FormPage):
    """``/companies/{slug}/hours/notify``."""

    form: ClassVar = Form(
        (
            Field("notify.email", "E-mail to", "Addresses, one a line.", Kind.LINES, rows=3),
            Field(
                "notify.sms",
                "SMS to",
                "Numbers with their country code, one a line: +12395551212.",
                Kind.LINES,
                rows=3,
            ),
            Field(
                "notify.sms_from",
                "SMS from",
                "A number of the company's Twilio account that may send messages.",
                Kind.TEL,
                empty=None,
            ),
            Field(
                "notify.webhook",
                "Webhook",
                "An https address of a system of yours; each notice is sent there as JSON.",
                Kind.URL,
            ),
            Field(
                "notify.quiet",
                "Quiet hours",
                "As 21:00-07:00, on the company's clock: what is not urgent waits until they end.",
                empty=None,
            ),
            Field(
                "notify.digest",
                "Daily summary at",
                "On the company's clock; empty for none.",
                Kind.TIME,
                empty=None,
            ),
            Field("notify.missed", "Tell of transfers that nobody took", kind=Kind.CHECK),
        )
    )
    template: ClassVar = "hours/notify.html"

    def __init__(self, pages: Pages, editor: Editor, tests: ChannelTest) -> None:
        super().__init__(pages, editor)
        self._tests = tests

    async def extras(
        self,
        request: falcon.asgi.Request,
        stored: StoredProfile,
    ) -> Mapping[str, Any]:
        """What was told of late."""
        told = await self._tests.outbox.deliveries(stored.profile.slug, limit=SHOWN)
        return {"told": told}


@dataclass(frozen=True, slots=True)
class NotifyTestForm:
    """``/companies/{slug}/hours/notify/test``: sends a test to every address."""

    tests: ChannelTest
    audit: AuditLog
    needs: ClassVar = {"POST": Need.EDIT}

    async def on_post(
        self,
        request: falcon.asgi.Request,
        _response: falcon.asgi.Response,
        slug: str,
    ) -> None:
        """Send it, and show what became of it."""
        by, now = visitor_of(request).by, self.tests.clock.now()
        await self.audit.write(TESTED, at=now, by=by, company=slug)
        told = await self.tests.send(slug, PAGE_WAITS)
        said = "told" if told else "nobody"
        raise falcon.HTTPSeeOther(f"/companies/{slug}/hours/notify?said={said}#told")
