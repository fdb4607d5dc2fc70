"""The application: what it is built of, and every route, on one screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import falcon
import falcon.asgi
import orjson
from falcon.media import JSONHandler

from clientsvia.admin.health import Live, Ready
from clientsvia.transports.twiml import TwimlTransport
from clientsvia.webhooks.audio import Audio
from clientsvia.webhooks.continuing import Continue
from clientsvia.webhooks.demo_guard import DemoGuard
from clientsvia.webhooks.dial_ended import DialAction
from clientsvia.webhooks.exchange import Exchange
from clientsvia.webhooks.fallback import Fallback
from clientsvia.webhooks.handle_speech import HandleSpeech
from clientsvia.webhooks.message_recorded import RecordAction
from clientsvia.webhooks.partial_speech import PartialSpeech
from clientsvia.webhooks.request import WebhookRequest
from clientsvia.webhooks.speech_timing import SpeechTimingTest
from clientsvia.webhooks.status import Status
from clientsvia.webhooks.transcribed import Transcribed
from clientsvia.webhooks.trouble import Trouble
from clientsvia.webhooks.voice import Voice
from clientsvia.webhooks.whisper import WhisperUrl

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clientsvia.settings import Settings
    from clientsvia.wiring import Services

App = falcon.asgi.App[Any, Any]


class Lifespan:
    """Starts and stops the services with the server."""

    def __init__(self, services: Services, then: Callable[[], None]) -> None:
        self._services = services
        self._then = then

    async def process_startup(self, scope: Mapping[str, Any], event: Mapping[str, Any]) -> None:  # noqa: ARG002 - falcon's
        """Load companies and start the background work."""
        await self._services.start()
        self._then()

    async def process_shutdown(self, scope: Mapping[str, Any], event: Mapping[str, Any]) -> None:  # noqa: ARG002 - falcon's
        """Drain what is still to be written."""
        await self._services.stop()


def create_app(
    settings: Settings, services: Services, then: Callable[[], None] = lambda: None
) -> App:
    """The ASGI application that answers Twilio's webhooks; ``then`` follows its start."""
    # PERF: the type that most answers have is set once here, not 0.5 us each.
    app = falcon.asgi.App(media_type=TwimlTransport.content_type, request_type=WebhookRequest)
    app.add_middleware(Lifespan(services, then))
    if settings.demo:
        app.add_middleware(DemoGuard())
    app.resp_options.media_handlers[falcon.MEDIA_JSON] = JSONHandler(dumps=orjson.dumps)
    Trouble(settings.origin, services.transport, services.clock).install(app)

    board, turns, log = services.switchboard, services.turns, services.call_log
    exchange = Exchange(board, turns)
    token = settings.admin_token.get_secret_value() if settings.admin_token else ""
    warm = services.providers.warm
    app.add_route(
        "/api/twilio/voice", Voice(board, services.transport, log, board.gate.sightings, warm)
    )
    app.add_route("/api/twilio/handle-speech", HandleSpeech(exchange))
    app.add_route("/api/twilio/continue", Continue(exchange))
    app.add_route("/api/twilio/partial-speech", PartialSpeech(board, services.partials))
    app.add_route("/api/twilio/dial-ended", DialAction(exchange))
    app.add_route(
        "/api/twilio/whisper", WhisperUrl(board, services.whisper_tokens, services.whispering)
    )
    app.add_route("/api/twilio/message-recorded", RecordAction(exchange))
    app.add_route("/api/twilio/transcribed", Transcribed(board, services.commits))
    app.add_route("/api/twilio/status", Status(board, log, services.partials, services.clerk))
    app.add_route("/api/twilio/fallback", Fallback(board, turns, board.gate.alarms))
    app.add_route(
        "/api/twilio/speech-timing-test", SpeechTimingTest(board, turns, token, settings.demo)
    )
    app.add_route("/audio/{name}", Audio(services.clips))
    app.add_route("/health/live", Live())
    app.add_route(
        "/health/ready",
        Ready(services.directory, services.companies, services.commits, services.stores.sharing),
    )
    return app
