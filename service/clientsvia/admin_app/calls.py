"""Routes of calls, what was recorded on them, and the messages they left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.api.calls import (
    CallRoute,
    CallsRoute,
    LiveCallsRoute,
    RecordingRoute,
)
from clientsvia.admin.api.messages import MessageRoute, MessagesRoute
from clientsvia.admin.live_feed import LiveFeed
from clientsvia.admin.message_box import MessageBox
from clientsvia.admin.pages.calls import CallPage, CallsPage, LiveCallsPage
from clientsvia.admin.pages.messages import MessagePage, MessagesPage
from clientsvia.admin.pages.recording import Recording
from clientsvia.admin.recordings import Listening
from clientsvia.admin_app.routes import API, COMPANY

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    pages, services = routes.pages, routes.services
    log, stores, clock = services.call_log, services.stores, services.clock
    routes.add(f"{COMPANY}/calls", CallsPage(pages, log, clock))
    routes.add(f"{COMPANY}/calls/live", LiveCallsPage(pages, log, clock))
    call = CallPage(pages, log, stores.messages, services.directory)
    routes.add(f"{COMPANY}/calls/{{sid}}", call)
    listening = Listening(
        log,
        stores.messages,
        services.recordings,
        stores.audit,
        clock,
        services.platform_account,
    )
    sound = "calls/{sid}/recordings/{recording}"
    routes.add(f"{COMPANY}/{sound}", Recording(listening))
    routes.add(f"{API}/{sound}", RecordingRoute(listening))
    routes.add(f"{API}/calls", CallsRoute(log, clock))
    routes.add(f"{API}/calls/events", LiveCallsRoute(LiveFeed(log, clock)))
    routes.add(f"{API}/calls/{{sid}}", CallRoute(log, stores.messages, services.directory))
    box = MessageBox(stores.messages, stores.audit, clock)
    routes.add(f"{COMPANY}/messages", MessagesPage(pages, box))
    routes.add(f"{COMPANY}/messages/{{sid}}", MessagePage(pages, box))
    routes.add(f"{API}/messages", MessagesRoute(box))
    routes.add(f"{API}/messages/{{sid}}", MessageRoute(box))
