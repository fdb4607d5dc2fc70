"""Replies as TwiML: one prepared document per reply, filled with the call's signed state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientsvia.calls.reply import Connect, Continue, HangUp, Listen, Record
from clientsvia.calls.ringing.whispering import Whisper
from clientsvia.telephony import verbs
from clientsvia.telephony.twiml import Template, render, slot
from clientsvia.transports import whisper_token
from clientsvia.transports.action_token import PARAMETER
from clientsvia.transports.gathering import options
from clientsvia.transports.speaking import spoken

if TYPE_CHECKING:
    from collections.abc import Hashable

    from clientsvia.calls.ports import Speech
    from clientsvia.calls.reply import Callee, Next, Reply
    from clientsvia.companies.company import Company
    from clientsvia.telephony.twiml import Element
    from clientsvia.transports.action_token import ActionTokens
    from clientsvia.transports.whisper_token import WhisperTokens

    Prepared = tuple[Template, list[str]]

PATH = "/api/twilio"
PREPARED_DOCUMENTS = 4096  # about 2 KB each; the oldest goes, and is built again when needed
WHISPER_SECONDS = 4  # for a key, each time that it is asked for
WHISPER = "whisper_"  # before the id of a target: the slot of the URL that tells them who calls
SORRY = "I'm sorry, I can't take this call right now. Please try again later. Goodbye."
NOT_A_COMPANY = "I'm sorry, there is no company at this number. Please check it and call again."


class TwimlTransport:
    """Renders replies; ``origin`` is the public one, such as ``https://answers.example``."""

    content_type = "text/xml; charset=utf-8"

    def __init__(
        self, origin: str, tokens: ActionTokens, whispers: WhisperTokens, speech: Speech
    ) -> None:
        self._origin = origin.rstrip("/")
        self._tokens = tokens
        self._whispers = whispers
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
        if isinstance(reply.next, Connect):
            return template.fill(
                *[
                    self._whisper_url(reply, name, call_sid) if name.startswith(WHISPER) else url
                    for name, url in zip(template.slots, (url + token for url in urls), strict=True)
                ]
            )
        return template.fill(*[url + token for url in urls])

    def whisper(self, say: str, whisper: Whisper, company: Company) -> bytes:
        """Say who calls, wait for a key, say it again, then hang up: a voicemail presses none."""
        agent = company.agent
        url = self._url("whisper", whisper_token.PARAMETER) + self._whispers.write(whisper)

        def asked() -> Element:
            return verbs.gather(
                verbs.say(say, voice=agent.voice, language=agent.language),
                input="dtmf",
                num_digits=1,
                timeout=WHISPER_SECONDS,
                action=url,
                method="POST",
            )

        return render(verbs.response(asked(), asked(), verbs.hangup()))

    def connect(self) -> bytes:
        """Nothing more to hear: whoever was rung is connected with the caller."""
        return CONNECT

    def decline(self) -> bytes:
        """End the call of whoever was rung."""
        return DECLINE

    def _whisper_url(self, reply: Reply, slot_name: str, call_sid: str) -> str:
        state, target = reply.state, slot_name.removeprefix(WHISPER)
        flags = state.urgent, state.unverified
        whisper = Whisper(state.company, call_sid, state.turn, target, *flags)
        return self._url("whisper", whisper_token.PARAMETER) + self._whispers.write(whisper)

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

    def _url(self, endpoint: str, parameter: str = PARAMETER) -> str:
        return f"{self._origin}{PATH}/{endpoint.replace('_', '-')}?{parameter}="


def _verbs(speaking: list[Element], reply: Reply, company: Company) -> list[Element]:
    match reply.next:
        case Listen():
            return _gather(speaking, reply.next, company)
        case Connect():
            return [*speaking, _dial(reply.next)]
        case Record(seconds, transcribe):
            return [*speaking, *_record(seconds, transcribe=transcribe)]
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


def _dial(connect: Connect) -> Element:
    return verbs.dial(
        *map(_number, connect.callees),
        action=slot("dial_ended"),
        method="POST",
        timeout=connect.seconds,
        caller_id=connect.caller_id,
    )


def _number(callee: Callee) -> Element:
    """Whoever must accept hears who calls before the two are connected."""
    if not callee.accept:
        return verbs.number(callee.number)
    return verbs.number(callee.number, url=slot(f"{WHISPER}{callee.target}"), method="POST")


def _record(seconds: int, *, transcribe: bool) -> list[Element]:
    """Twilio skips the action when nobody speaks: the redirect then says so to the caller."""
    record = verbs.record(
        action=slot("message_recorded"),
        method="POST",
        max_length=seconds,
        timeout=5,
        finish_on_key="#",
        play_beep=True,
        transcribe=transcribe or None,
        transcribe_callback=slot("transcribed") if transcribe else None,
    )
    return [record, verbs.redirect(slot("message_recorded"), method="POST")]


def sentence(text: str) -> bytes:
    """A document that says one sentence and hangs up: for callers no company can be found for."""
    return render(verbs.response(verbs.say(text), verbs.hangup()))


CONNECT = render(verbs.response())
DECLINE = render(verbs.response(verbs.hangup()))
