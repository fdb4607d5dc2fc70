"""Routes of what an agent is, knows and says, and with whose keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.api.drafts import AnswerRoute, ListenRoute, PreviewRoute, TestKeyRoute
from clientsvia.admin.api.knowledge import EntryRoute, KnowledgeImportRoute, KnowledgeRoute
from clientsvia.admin.drafts import Drafts
from clientsvia.admin.knowledge import KnowledgeBook
from clientsvia.admin.knowledge_import import KnowledgeImport
from clientsvia.admin.pages.agent import AgentPage
from clientsvia.admin.pages.ai import AiKeysPage, AiPage
from clientsvia.admin.pages.knowledge import EntryPage, KnowledgePage, NewEntryPage
from clientsvia.admin.pages.knowledge_import import KnowledgeImportPage
from clientsvia.admin_app.routes import API, COMPANY

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    pages, editor, services = routes.pages, routes.editor, routes.services
    providers = services.providers
    drafts = Drafts(
        services.directory,
        providers.speech,
        providers.own_data,
        providers.responder,
        providers.voice_alone,
        services.twilio_accounts,
        services.platform_account,
        services.clock,
    )
    routes.add(f"{COMPANY}/agent", AgentPage(pages, editor, drafts))
    routes.add(f"{COMPANY}/ai", AiPage(pages, editor, drafts))
    routes.add(f"{COMPANY}/ai/keys", AiKeysPage(pages, editor, drafts))
    book = KnowledgeBook(services.companies, services.tags)
    listed = KnowledgePage(pages, drafts, services.call_log)
    routes.add(f"{COMPANY}/knowledge", listed)
    routes.add(f"{COMPANY}/knowledge/new", NewEntryPage(listed, book))
    routes.add(f"{COMPANY}/knowledge/entries/{{entry}}", EntryPage(listed, book))
    routes.add(f"{API}/preview", PreviewRoute(drafts))
    routes.add(f"{API}/answer", AnswerRoute(drafts))
    routes.add(f"{API}/listen", ListenRoute(drafts))
    routes.add(f"{API}/test-key", TestKeyRoute(drafts))
    intake = KnowledgeImport(services.companies, services.tags)
    routes.add(f"{COMPANY}/knowledge/import", KnowledgeImportPage(pages, intake))
    routes.add(f"{API}/knowledge", KnowledgeRoute(book))
    routes.add(f"{API}/knowledge/entries/{{entry}}", EntryRoute(book))
    routes.add(f"{API}/knowledge/import", KnowledgeImportRoute(intake))
