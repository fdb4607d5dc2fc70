"""Routes of what an agent is, knows and says, and with whose keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.knowledge import KnowledgeBook
from clientsvia.admin.pages.agent import AgentPage
from clientsvia.admin.pages.ai import AiKeysPage, AiPage
from clientsvia.admin.pages.knowledge import EntryPage, KnowledgePage, NewEntryPage
from clientsvia.admin_app.routes import COMPANY

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    pages, editor, services = routes.pages, routes.editor, routes.services
    routes.add(f"{COMPANY}/agent", AgentPage(pages, editor))
    routes.add(f"{COMPANY}/ai", AiPage(pages, editor))
    routes.add(f"{COMPANY}/ai/keys", AiKeysPage(pages, editor))
    book = KnowledgeBook(services.companies, services.tags)
    routes.add(f"{COMPANY}/knowledge", KnowledgePage(pages))
    routes.add(f"{COMPANY}/knowledge/new", NewEntryPage(pages, book))
    routes.add(f"{COMPANY}/knowledge/entries/{{entry}}", EntryPage(pages, book))
