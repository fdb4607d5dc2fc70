"""What looks at an installation takes from its settings and its services."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.admin.diagnosis import Owners, Setup, Sources

if TYPE_CHECKING:
    from clientsvia.companies.company import Company
    from clientsvia.settings import Settings
    from clientsvia.wiring.services import Services


def setup_of(
    settings: Settings,
    services: Services,
    companies: tuple[Company, ...] = (),
    *,
    ask_twilio: bool = True,
) -> Setup:
    """What is known of the service and these companies, for what looks at their numbers."""
    return Setup(
        origin=settings.origin,
        demo=settings.demo,
        signed=settings.checks_signatures,
        platform=services.platform_account,
        companies=companies,
        ask_twilio=ask_twilio,
    )


def sources_of(services: Services) -> Sources:
    """Whom the doctor asks."""
    return Sources(
        services.companies,
        services.call_log,
        services.responder,
        services.twilio_accounts,
        services.stores.usage,
        services.stores.sharing,
        services.providers.responder.alone,
        services.speech,
        Owners(services.stores.outbox, services.notices.mail),
    )
