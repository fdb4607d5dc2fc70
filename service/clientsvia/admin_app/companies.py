"""Routes of the JSON API that list, make, stand up and remove companies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.api.companies import CompaniesResource, CompanyResource
from clientsvia.admin.api.standing import ChecklistResource, LiveResource, StateResource
from clientsvia.admin.api.transfer import ExportResource, ImportResource
from clientsvia.admin.company_list import CompanyList
from clientsvia.admin.creating import Creation
from clientsvia.admin.looking import Looking
from clientsvia.admin.overview import Overviews
from clientsvia.admin.transfer import Transfer
from clientsvia.admin_app.routes import API
from clientsvia.wiring import setup_of

if TYPE_CHECKING:
    from clientsvia.admin_app.routes import Routes


def add(routes: Routes) -> None:
    """Add them."""
    services, settings = routes.services, routes.settings
    companies, stores, clock = services.companies, services.stores, services.clock
    overviews = Overviews(
        Looking(setup_of(settings, services), clock),
        stores.outbox,
        services.twilio_accounts,
        services.call_log,
        stores.messages,
    )
    checked = not settings.demo
    listing = CompanyList(services.call_log, stores.sightings, settings.checks_signatures)
    creation = Creation(companies, checked=checked)
    routes.add("/api/v1/companies", CompaniesResource(services.directory, listing, creation, clock))
    routes.add(API, CompanyResource(companies, stores.audit, clock))
    routes.add(f"{API}/checklist", ChecklistResource(overviews))
    routes.add(f"{API}/live", LiveResource(overviews, companies))
    routes.add(f"{API}/state", StateResource(companies, checked))
    tags = services.tags
    routes.add(f"{API}/export", ExportResource(tags))
    routes.add(f"{API}/import", ImportResource(Transfer(companies, tags, checked), tags))
