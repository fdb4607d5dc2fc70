"""What leads a company's numbers here, over the API: addresses, set-up, checks and tests."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from clientsvia.admin.access.visitor import Need
from clientsvia.admin.api.description import ApiModel, answers, spec
from clientsvia.admin.forwarding_codes import forwarding_codes
from clientsvia.admin.number_badge import badges
from clientsvia.admin.off_host import bin_twiml, person
from clientsvia.admin.web.guard import stored_of, visitor_of
from clientsvia.admin.webhook_test import send_test
from clientsvia.admin.webhook_urls import endpoints, instructions

if TYPE_CHECKING:
    from collections.abc import Mapping

    import falcon.asgi

    from clientsvia.admin.company_check import CompanyCheck
    from clientsvia.admin.leading import Leading, Plans, Work
    from clientsvia.admin.looking import Looking
    from clientsvia.admin.number_setup import Plan
    from clientsvia.notices.sightings import SightingBook

TAGS = ["set-up"]


class WebhookUrl(ApiModel):
    """An address Twilio asks; ``field`` is where it is entered in Twilio's Console, or empty."""

    name: str
    url: str
    method: str
    purpose: str
    field: str


class ConsoleSteps(ApiModel):
    """The steps by hand, as one generation of Twilio's Console calls them."""

    name: str
    steps: list[str]


class WebhookUrls(ApiModel):
    """Every address, and how the primary number is set by hand."""

    urls: list[WebhookUrl]
    instructions: list[ConsoleSteps]


class NumberBadge(ApiModel):
    """Whether calls of a number come here; ``at`` is when that was seen last."""

    number: str
    standing: str
    text: str
    at: datetime | None
    found: str
    remedy: str


class Standings(ApiModel):
    """The badges of a company's numbers."""

    items: list[NumberBadge]


class FieldChange(ApiModel):
    """A field at Twilio; an empty text is one that is not set."""

    field: str
    before: str
    after: str


class NumberPlan(ApiModel):
    """What is set for a number: ``outcome`` is ``changes``, ``unchanged`` or ``refused``."""

    number: str
    account_sid: str | None
    outcome: str
    changes: list[FieldChange]
    refusal: str
    remedy: str


class NumberPlans(ApiModel):
    """What is set for each number, and what is to be known of the account."""

    numbers: list[NumberPlan]
    warnings: list[str]


class Finding(ApiModel):
    """One thing the doctor looked at; ``remedy`` is empty when it is well."""

    trouble: str
    what: str
    found: str
    remedy: str
    error: str
    well: bool


class Findings(ApiModel):
    """What the doctor found of a company."""

    items: list[Finding]


class TestOf(ApiModel):
    """Which number is called; the first one in service when it is left out."""

    number: str = ""


class TestVerdict(ApiModel):
    """What a caller would have heard; ``status`` is 0 when there was no answer."""

    number: str
    url: str
    signed: bool
    status: int
    milliseconds: float
    heard: list[str]
    then: str
    found: str
    remedy: str
    well: bool


class OffHost(ApiModel):
    """What a TwiML Bin must say so that callers reach a person; ``rings`` is a target's id."""

    twiml: str
    rings: str | None


class ForwardingCode(ApiModel):
    """What is dialled on an existing line to forward it, and to end that."""

    line: str
    when: str
    begin: str
    end: str
    note: str


class ForwardingCodes(ApiModel):
    """The codes that forward a line to the primary number; none without one."""

    items: list[ForwardingCode]


@dataclass(frozen=True, slots=True)
class WebhookUrlsRoute:
    """``/api/v1/companies/{slug}/webhook-urls``."""

    looking: Looking
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ}

    @spec.validate(resp=answers(WebhookUrls), tags=TAGS, operation_id="get_webhook_urls")
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Read the addresses to enter at Twilio, and the steps there."""
        setup, company = self.looking.at(stored_of(request))
        steps = instructions(setup.origin, next(iter(company.numbers), ""))
        response.media = {
            "urls": [asdict(one) for one in endpoints(setup.origin)],
            "instructions": [{"name": one.name, "steps": list(one.steps)} for one in steps],
        }


@dataclass(frozen=True, slots=True)
class StandingRoute:
    """``/api/v1/companies/{slug}/number-standing``."""

    looking: Looking
    book: SightingBook
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ}

    @spec.validate(resp=answers(Standings), tags=TAGS, operation_id="get_number_standing")
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Tell when each number was last called, or last refused."""
        setup, company = self.looking.at(stored_of(request))
        now = self.looking.clock.now()
        found = await badges(self.book, company, now, signed=setup.signed)
        response.media = {"items": [asdict(badge) for badge in found.values()]}


def leading_route(what: str, said: str, planned: str, work: Work) -> Any:  # noqa: ANN401 - falcon's
    """The resource that plans something for all numbers of a company, and does it."""

    class LeadingRoute:
        needs: ClassVar[Mapping[str, Need]] = {"GET": Need.MANAGE, "POST": Need.MANAGE}

        @spec.validate(resp=answers(NumberPlans), tags=TAGS, operation_id=f"plan_{what}")
        async def on_get(
            self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
        ) -> None:
            response.media = plans_data(await work(stored_of(request)))

        @spec.validate(resp=answers(NumberPlans), tags=TAGS, operation_id=what)
        async def on_post(
            self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
        ) -> None:
            by = visitor_of(request).by
            response.media = plans_data(await work(stored_of(request), by=by))

        on_get.__doc__, on_post.__doc__ = planned, said

    return LeadingRoute()


@dataclass(frozen=True, slots=True)
class OffHostRoute:
    """``/api/v1/companies/{slug}/fallback``."""

    leading: Leading
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ, "POST": Need.MANAGE}

    @spec.validate(resp=answers(OffHost), tags=TAGS, operation_id="get_fallback")
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Read what to paste into a TwiML Bin, which answers while this host is down."""
        _, company = self.leading.looking.at(stored_of(request))
        found = person(company)
        response.media = {"twiml": bin_twiml(company), "rings": found.id if found else None}

    @spec.validate(resp=answers(NumberPlans), tags=TAGS, operation_id="make_fallback")
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Make a flow at Twilio that does the same, and let every number fall back on it."""
        plans = await self.leading.fall_back(stored_of(request), by=visitor_of(request).by)
        response.media = plans_data(plans)


@dataclass(frozen=True, slots=True)
class CheckRoute:
    """``/api/v1/companies/{slug}/check``."""

    check: CompanyCheck
    needs: ClassVar[Mapping[str, Need]] = {"POST": Need.EDIT}

    @spec.validate(resp=answers(Findings), tags=TAGS, operation_id="check")
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Check everything that keeps calls from being answered; asks Twilio and providers."""
        found = await self.check.of(stored_of(request))
        response.media = {"items": [asdict(one) | {"well": one.well} for one in found]}


@dataclass(frozen=True, slots=True)
class TestRoute:
    """``/api/v1/companies/{slug}/webhook-test``."""

    looking: Looking
    needs: ClassVar[Mapping[str, Need]] = {"POST": Need.EDIT}

    @spec.validate(
        json=TestOf, resp=answers(TestVerdict), tags=TAGS, operation_id="send_test_webhook"
    )
    async def on_post(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Send a call's first request to our own address; it rings nobody and is not logged."""
        setup, company = self.looking.at(stored_of(request))
        verdict = await send_test(setup, company, request.context.json.number)
        response.media = asdict(verdict) | {"heard": list(verdict.heard), "well": verdict.well}


@dataclass(frozen=True, slots=True)
class ForwardingCodesRoute:
    """``/api/v1/companies/{slug}/forwarding-codes``."""

    looking: Looking
    needs: ClassVar[Mapping[str, Need]] = {"GET": Need.READ}

    @spec.validate(resp=answers(ForwardingCodes), tags=TAGS, operation_id="get_forwarding_codes")
    async def on_get(
        self, request: falcon.asgi.Request, response: falcon.asgi.Response, slug: str
    ) -> None:
        """Read what to dial on an existing line to forward it to the primary number."""
        _, company = self.looking.at(stored_of(request))
        codes = [code for number in company.numbers[:1] for code in forwarding_codes(number)]
        response.media = {"items": [asdict(code) for code in codes]}


def plans_data(plans: Plans) -> dict[str, Any]:
    """Plans as JSON has them; the account's token is no part of that."""
    return {
        "numbers": [_plan_data(plan) for plan in plans.plans],
        "warnings": list(plans.warnings),
    }


def _plan_data(plan: Plan) -> dict[str, Any]:
    return {
        "number": plan.number,
        "account_sid": plan.account.sid if plan.account else None,
        "outcome": plan.outcome,
        "changes": [asdict(change) for change in plan.changes],
        "refusal": plan.refusal,
        "remedy": plan.remedy,
    }
