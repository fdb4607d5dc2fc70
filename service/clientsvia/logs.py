"""Logging: one JSON object a line on standard error, without secrets and full numbers."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Any

import orjson
import structlog

from clientsvia.telephony.numbers import redact

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from structlog.typing import Processor

    Event = MutableMapping[str, Any]

NUMBERS = frozenset({"called", "caller", "to", "from_", "number"})
SECRETS = ("token", "secret", "password", "authorization", "api_key")


def configure_logging(level: str) -> None:
    """Send what is at least as severe as ``level`` to standard error, whichever library logs it."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        hide,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(serializer=_dumps),
            ],
        )
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells each plugin it sets up


def hide(_logger: object, _method: str, event: Event) -> Event:
    """Shorten telephone numbers and drop what is named like a secret, whoever logged it."""
    for name, value in event.items():
        if name in NUMBERS and isinstance(value, str):
            event[name] = redact(value)
        elif any(secret in name.lower() for secret in SECRETS):
            event[name] = "hidden"
    return event


def _dumps(event: object, default: Callable[[Any], Any] | None = None, **_: object) -> str:
    return orjson.dumps(event, default=default or str).decode()
