"""Logging: one JSON object a line on standard error, without secrets and full numbers.

Secrets are hidden in the finished line, whoever wrote it and wherever in it they stand: what has
been made known to ``conceal``, and what has the form of a provider's key, of an API token of ours,
or of a one-time link.
"""

from __future__ import annotations

import logging
import re
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
HIDDEN = "hidden"
SECRETS = ("token", "secret", "password", "authorization", "api_key")


_WORD = re.compile(r"[A-Za-z0-9_-]{8,}")
_KEY = re.compile(r"(?:(?:sk|rk)[-_]|cv_)[\w-]{12,}")
_LINK = re.compile(r"(/link/)[\w-]{16,}")
_CREDENTIALS = re.compile(r"(?i)\b(bearer|basic) [\w.~+/=-]{16,}")
_LEAST = 8
# PERF: words are looked up, whatever their number, in 10 us a line; only those of several parts,
# which are few, are searched for one by one.
_words: set[str] = set()
_texts: set[str] = set()


def conceal(*secrets: str) -> None:
    """Have no line of this process show these; what has under eight characters is no secret."""
    for secret in secrets:
        if _WORD.fullmatch(secret):
            _words.add(secret)
        elif len(secret) >= _LEAST:
            _texts.add(orjson.dumps(secret)[1:-1].decode())  # as the line has it


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
            event[name] = HIDDEN
    return event


def _dumps(event: object, default: Callable[[Any], Any] | None = None, **_: object) -> str:
    return without_secrets(orjson.dumps(event, default=default or str).decode())


def without_secrets(line: str) -> str:
    """A line with everything hidden that is, or looks like, a secret."""
    for text in tuple(_texts):
        line = line.replace(text, HIDDEN)
    line = _LINK.sub(rf"\1{HIDDEN}", line)
    return _CREDENTIALS.sub(rf"\1 {HIDDEN}", _WORD.sub(_judged, line))


def _judged(word: re.Match[str]) -> str:
    found = word[0]
    return HIDDEN if found in _words or _KEY.match(found) else found
