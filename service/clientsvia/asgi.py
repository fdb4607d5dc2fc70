"""The application object that Granian serves, one in each worker."""

from __future__ import annotations

from clientsvia.app import create_app
from clientsvia.logs import configure_logging
from clientsvia.settings import load_settings, require_servable
from clientsvia.webhooks.last_resort import LastResort
from clientsvia.wiring import build, prepare

settings = load_settings()
require_servable(settings)
configure_logging(settings.log_level)
app = LastResort(create_app(settings, build(settings, prepare(settings))))
