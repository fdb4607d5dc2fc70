from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clientsvia.calls import sentences
from clientsvia.calls.events import RINGING, Ringing
from clientsvia.calls.reply import Connect, HangUp, Listen, Record
from clientsvia.calls.screening import known_caller
from clientsvia.companies.contacts import CallerPolicy
from clientsvia.companies.routing import Account, AccountState, AfterHours, AfterHoursPolicy
from tests.calls.calling import CALLER, JO, a_call, decided, knowing
from tests.conftest import CLOSED, OPEN

if TYPE_CHECKING:
    from datetime import datetime

    from clientsvia.companies.company import Company

FEIGNED = Ringing(unverified=True)
HIDDEN = Ringing(anonymous=True)


def screening(company: Company, policy: CallerPolicy) -> Company:
    return replace(company, callers=replace(company.callers, anonymous=policy, unverified=policy))


def test_a_blocked_caller_hears_one_sentence_and_no_more(demo: Company) -> None:
    company = knowing(demo, replace(JO, blocked=True))
    for event in (RINGING, FEIGNED, Ringing(over_limit=True)):
        decision = decided(event, company, a_call())
        assert decision.reply.say == (sentences.BLOCKED,)
        assert decision.reply.next == HangUp()
        assert decision.outcome == "blocked"


def test_a_caller_who_is_blocked_after_a_call_is_blocked_on_the_next(demo: Company) -> None:
    assert decided(RINGING, demo, a_call()).reply.next == Listen()
    company = knowing(demo, replace(JO, blocked=True))
    assert decided(RINGING, company, a_call()).outcome == "blocked"
    other = replace(a_call(), caller="+12393335555")
    assert decided(RINGING, company, other).reply.next == Listen()


@pytest.mark.parametrize(
    ("event", "sentence"),
    [(HIDDEN, sentences.HIDDEN_REFUSED), (FEIGNED, sentences.UNVERIFIED_REFUSED)],
)
def test_a_company_may_refuse_who_hides_or_feigns_a_number(
    demo: Company, event: Ringing, sentence: str
) -> None:
    decision = decided(event, screening(demo, CallerPolicy.REFUSE), a_call())
    assert decision.reply.say == (sentence,)
    assert decision.reply.next == HangUp()
    assert decision.outcome == "refused"


@pytest.mark.parametrize(
    ("event", "sentence"),
    [(HIDDEN, sentences.HIDDEN_MESSAGE), (FEIGNED, sentences.UNVERIFIED_MESSAGE)],
)
def test_a_company_may_take_a_message_of_them(demo: Company, event: Ringing, sentence: str) -> None:
    company = replace(screening(demo, CallerPolicy.MESSAGE), disclosure="Calls are recorded.")
    decision = decided(event, company, a_call())
    assert decision.reply.say[:3] == (
        "Thank you for calling Gulf Breeze Plumbing.",
        "Calls are recorded.",
        sentence,
    )
    assert isinstance(decision.reply.next, Record)


@pytest.mark.parametrize("event", [HIDDEN, FEIGNED])
def test_by_default_they_are_answered_like_anybody(demo: Company, event: Ringing) -> None:
    assert decided(event, demo, a_call()).reply.say == (sentences.greeting(demo),)


@pytest.mark.parametrize("policy", [CallerPolicy.MESSAGE, CallerPolicy.REFUSE])
def test_callers_who_show_their_number_are_not_screened(
    demo: Company, policy: CallerPolicy
) -> None:
    assert decided(RINGING, screening(demo, policy), a_call()).reply.next == Listen()


def test_a_known_caller_is_greeted_by_name(demo: Company) -> None:
    said = decided(RINGING, knowing(demo), a_call()).reply.say
    assert said == ("Hello Jo.", sentences.greeting(demo))


def test_the_next_caller_is_not_greeted_by_the_name_of_the_last(demo: Company) -> None:
    company = knowing(demo)
    stranger = replace(a_call(), caller="+12393335555")
    for call in (a_call(), stranger, a_call(), stranger):
        named = "Hello Jo." in decided(RINGING, company, call).reply.say
        assert named == (call.caller == CALLER)


def test_names_are_used_in_greetings_only_where_the_company_wants_it(demo: Company) -> None:
    said = decided(RINGING, knowing(demo, by_name=False), a_call()).reply.say
    assert said == (sentences.greeting(demo),)


def test_a_caller_without_a_name_is_greeted_like_anybody(demo: Company) -> None:
    company = knowing(demo, replace(JO, name=""))
    assert decided(RINGING, company, a_call()).reply.say == (sentences.greeting(demo),)


def test_a_number_that_is_feigned_gets_no_name_then_or_later(demo: Company) -> None:
    company = knowing(demo)
    decision = decided(FEIGNED, company, a_call())
    assert decision.reply.say == (sentences.greeting(demo),)
    later = replace(a_call(), state=decision.reply.state)
    assert known_caller(company, later) is None
    assert known_caller(company, a_call()) == JO
    assert later.state.listening().unverified
    assert known_caller(company, replace(later, state=later.state.listening())) is None


def test_a_known_caller_hears_the_name_when_the_company_is_closed(demo: Company) -> None:
    for policy in (AfterHoursPolicy.MESSAGE, AfterHoursPolicy.FORWARD):
        company = replace(knowing(demo), after_hours=AfterHours(policy, "on-call"))
        said = decided(RINGING, company, a_call(CLOSED), CLOSED).reply.say
        assert said[:2] == ("Hello Jo.", sentences.closed_greeting(demo))


def forwarding(company: Company) -> Company:
    return replace(company, account=Account(AccountState.FORWARDING, "office", ""))


@pytest.mark.parametrize("now", [OPEN, CLOSED])
def test_a_company_that_forwards_rings_its_target_at_any_hour(demo: Company, now: datetime) -> None:
    decision = decided(RINGING, forwarding(demo), a_call(now), now)
    assert isinstance(decision.reply.next, Connect)
    assert [callee.target for callee in decision.reply.next.callees] == ["office"]
    assert decision.reply.say[0] == "Thank you for calling Gulf Breeze Plumbing."
    assert decision.why == "every call is forwarded to office"


def test_a_blocked_caller_is_not_forwarded(demo: Company) -> None:
    company = knowing(forwarding(demo), replace(JO, blocked=True))
    assert decided(RINGING, company, a_call()).outcome == "blocked"


def setting_up(company: Company) -> Company:
    return replace(company, account=Account(AccountState.SETUP, None, ""))


def test_a_company_being_set_up_tells_callers_so(demo: Company) -> None:
    decision = decided(RINGING, setting_up(demo), a_call())
    assert decision.reply.next == HangUp()
    assert "still being set up" in decision.reply.say[0]
    assert decision.outcome == "inactive"


def test_its_own_people_can_try_it(demo: Company) -> None:
    company = setting_up(demo)
    colleague = replace(a_call(), caller=demo.targets[0].number)
    assert decided(RINGING, company, colleague).reply.say == (sentences.greeting(demo),)
    # And nobody else gets what they got.
    assert decided(RINGING, company, a_call()).outcome == "inactive"
    owner = replace(company, notify=replace(company.notify, sms=(CALLER,)))
    assert decided(RINGING, owner, a_call()).outcome == "answered"


def test_who_feigns_their_number_is_none_of_them(demo: Company) -> None:
    owner = replace(setting_up(demo), notify=replace(demo.notify, sms=(CALLER,)))
    assert decided(FEIGNED, owner, a_call()).outcome == "inactive"


def test_a_suspended_company_says_its_own_sentence(demo: Company) -> None:
    account = Account(AccountState.SUSPENDED, None, "We have moved to Tampa. Goodbye.")
    decision = decided(RINGING, replace(demo, account=account), a_call())
    assert decision.reply.say == ("We have moved to Tampa. Goodbye.",)
    assert decision.reply.next == HangUp()


DISCLOSURE = "Calls are recorded for training."


def test_a_disclosure_is_said_before_the_question_of_the_greeting(demo: Company) -> None:
    company = replace(demo, disclosure=DISCLOSURE)
    said = decided(RINGING, company, a_call()).reply.say
    assert said == (
        sentences.greeting(demo).removesuffix(" How can I help you?"),
        DISCLOSURE,
        "How can I help you?",
    )


@pytest.mark.parametrize("greeting", ["Ahoy!", "Acme here, what is it?"])
def test_after_a_greeting_of_one_sentence_it_comes_last(demo: Company, greeting: str) -> None:
    company = replace(demo, greeting=greeting, disclosure=DISCLOSURE)
    assert decided(RINGING, company, a_call()).reply.say == (greeting, DISCLOSURE)


def test_a_disclosure_is_said_on_every_kind_of_answer(demo: Company) -> None:
    company = replace(demo, disclosure=DISCLOSURE)
    message = replace(company, after_hours=AfterHours(AfterHoursPolicy.MESSAGE, None))
    forward = replace(company, after_hours=AfterHours(AfterHoursPolicy.FORWARD, "on-call"))
    said = [
        decided(RINGING, company, a_call()),
        decided(Ringing(over_limit=True), company, a_call()),
        decided(RINGING, message, a_call(CLOSED), CLOSED),
        decided(RINGING, forward, a_call(CLOSED), CLOSED),
        decided(RINGING, forwarding(company), a_call()),
    ]
    assert [decision.reply.say.count(DISCLOSURE) for decision in said] == [1] * len(said)
