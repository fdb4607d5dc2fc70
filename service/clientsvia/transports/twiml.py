"""Replies as TwiML: one prepared document per reply, filled with the call's signed state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.reply import Connect, Continue, HangUp, Listen, Record
from clientsvia.telephony import verbs
from clientsvia.telephony.twiml import Template, render, slot
from clientsvia.transports.action_token import PARAMETER
from clientsvia.transports.gathering import options
from clientsvia.transports.speaking import spoken

if TYPE_CHECKING:
    from collections.abc import Hashable

    from clientsvia.calls.ports import Speech
    from clientsvia.calls.reply import Next, Reply
    from clientsvia.companies.company import Company
    from clientsvia.telephony.twiml import Element
    from clientsvia.transports.action_token import ActionTokens

    Prepared = tuple[Template, list[str]]

PATH = "/api/twilio"
PREPARED_DOCUMENTS = 4096  # about 2 KB each; the oldest goes, and is built again when needed
SORRY = "I'm sorry, I can't take this call right now. Please try again later. Goodbye."
NOT_A_COMPANY = "I'm sorry, there is no company at this number. Please check it and call again."


class TwimlTransport:
    """Renders replies; ``origin`` is the public one, such as ``https://answers.example``."""

    content_type = "text/xml; charset=utf-8"

    def __init__(self, origin: str, tokens: ActionTokens, speech: Speech) -> None:
        self._origin = origin.rstrip("/")
        self._tokens = tokens
        self._speech = speech
        speech.follow(self._look_again)
        self._prepared: dict[Hashable, Prepared] = {}
        self._latest: dict[str, tuple[Company, tuple[str, ...], Next, Prepared]] = {}

    def render(self, reply: Reply, company: Company, call_sid: str) -> bytes:
        """The document for ``reply``; raises TwimlTooLarge over 64 kB."""
        latest = self._latest.get(company.slug)
        # PERF: the greeting is the same object each time; comparing it by value takes 1.3 us more.
        if latest and latest[0] is company and latest[1] is reply.say and latest[2] is reply.next:
            template, urls = latest[3]
        else:
            template, urls = self._find(reply, company)
        token = self._tokens.write(reply.state, call_sid)
        return template.fill(*[url + token for url in urls])

    def _look_again(self, slug: str) -> None:
        """A clip of the company came or went: the latest document may name it, or should."""
        self._latest.pop(slug, None)

    def _find(self, reply: Reply, company: Company) -> Prepared:
        ready = self._speech.ready
        clips = tuple([ready(company, sentence) for sentence in reply.say])
        key = company.slug, company.revision, reply.say, reply.next, clips
        prepared = self._prepared.get(key) or self._prepare(key, reply, company, clips)
        self._latest[company.slug] = company, reply.say, reply.next, prepared
        return prepared

    def _prepare(
        self, key: Hashable, reply: Reply, company: Company, clips: tuple[str, ...]
    ) -> Prepared:
        """The reply's template, and in its slots' order the URLs that a token completes.

        PERF: filling a prepared document takes 0.2 us; building its tree takes over 2 us.
        """
        speaking = list(spoken(reply.say, clips, company.agent, self._origin))
        template = Template(verbs.response(*_verbs(speaking, reply, company)))
        prepared = template, [self._url(name) for name in template.slots]
        if len(self._prepared) >= PREPARED_DOCUMENTS:
            del self._prepared[next(iter(self._prepared))]
        self._prepared[key] = prepared
        return prepared

    def _url(self, endpoint: str) -> str:
        return f"{self._origin}{PATH}/{endpoint.replace('_', '-')}?{PARAMETER}="


def _verbs(speaking: list[Element], reply: Reply, company: Company) -> list[Element]:
    match reply.next:
        case Listen():
            return _gather(speaking, reply.next, company)
        case Connect(number, caller_id, seconds):
            return [*speaking, _dial(number, caller_id, seconds)]
        case Record(seconds):
            return [*speaking, *_record(seconds)]
        case Continue():
            return [*speaking, verbs.redirect(slot("continue"), method="POST")]
        case HangUp():
            return [*speaking, verbs.hangup()]


def _gather(speaking: list[Element], listen: Listen, company: Company) -> list[Element]:
    """Silence reaches us twice over: actionOnEmptyResult, and a redirect should that fail."""
    gather = verbs.gather(
        *speaking,
        input="dtmf speech",
        action=slot("handle_speech"),
        method="POST",
        action_on_empty_result=True,
        partial_result_callback=slot("partial_speech"),
        partial_result_callback_method="POST",
        **options(listen, company),
    )
    return [gather, verbs.redirect(slot("handle_speech"), method="POST")]


def _dial(number: str, caller_id: str, seconds: int) -> Element:
    return verbs.dial(
        verbs.number(number),
        action=slot("dial_ended"),
        method="POST",
        timeout=seconds,
        caller_id=caller_id,
    )


def _record(seconds: int) -> list[Element]:
    """Twilio skips the action when nobody speaks: the redirect then says so to the caller."""
    record = verbs.record(
        action=slot("message_recorded"),
        method="POST",
        max_length=seconds,
        timeout=5,
        finish_on_key="#",
        play_beep=True,
    )
    return [record, verbs.redirect(slot("message_recorded"), method="POST")]


def sentence(text: str) -> bytes:
    """A document that says one sentence and hangs up: for callers no company can be found for."""
    return render(verbs.response(verbs.say(text), verbs.hangup()))
