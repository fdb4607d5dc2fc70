"""The application object that Granian serves, one in each worker."""

from __future__ import annotations

import gc

from clientsvia.admin_app import create_admin_app
from clientsvia.app import create_app
from clientsvia.front_door import FrontDoor
from clientsvia.logs import configure_logging
from clientsvia.settings import load_settings, require_servable
from clientsvia.webhooks.last_resort import LastResort
from clientsvia.wiring import build, prepare

YOUNG_OBJECTS = 5000


def settle() -> None:
    """Keep what the start made out of the collector's way.

    PERF: companies are a million objects, and looking through them takes 0.2 s; a webhook makes a
    handful that live on, so that looking for young garbage after 700 is seven times too often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 100)


settings = load_settings()
require_servable(settings)
configure_logging(settings.log_level)
services = build(settings, prepare(settings))
app = FrontDoor(
    LastResort(create_app(settings, services, settle)), *create_admin_app(settings, services)
)
