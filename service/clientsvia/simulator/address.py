"""Addresses of webhooks: what is requested, what is signed, and what a fragment overrides."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, unquote, urlencode, urlsplit, urlunsplit

_POLICIES = frozenset({"ct", "rt", "4xx", "5xx"})


@dataclass(frozen=True, slots=True)
class Patience:
    """How long Twilio waits, in seconds, and what it tries again (``ct`` connect, ``rt`` read)."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0
    retries: int = 1
    retried: frozenset[str] = frozenset({"ct"})


def patience(url: str) -> Patience:
    """The overrides of a fragment such as ``#rc=2&rp=all&ct=2000&rt=8000`` (milliseconds)."""
    given = {name: values[-1] for name, values in parse_qs(urlsplit(url).fragment).items()}
    policies = set(given.get("rp", "ct").split(","))
    return Patience(
        connect=_milliseconds(given.get("ct"), 5.0, 10.0),
        read=_milliseconds(given.get("rt"), 15.0, 15.0),
        total=_milliseconds(given.get("tt"), 15.0, 15.0),
        retries=int(_number(given.get("rc"), 1.0, 5.0)),
        retried=_POLICIES if "all" in policies else frozenset(policies & _POLICIES),
    )


def _milliseconds(text: str | None, default: float, most: float) -> float:
    return _number(text, default * 1000, most * 1000) / 1000


def _number(text: str | None, default: float, most: float) -> float:
    return min(float(text), most) if text and text.isdecimal() else default


def usable(url: str) -> bool:
    """False for what is no HTTP address."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def without_fragment(url: str) -> str:
    """What is requested of ``url``."""
    return urlunsplit(urlsplit(url)._replace(fragment=""))


def with_query(url: str, parameters: dict[str, str]) -> str:
    """``url`` with ``parameters`` behind its own query, as a GET sends them."""
    parts = urlsplit(url)
    query = "&".join(part for part in (parts.query, urlencode(parameters)) if part)
    return urlunsplit(parts._replace(query=query, fragment=""))


def signed_form(url: str) -> str:
    """The address Twilio signs: no fragment, no user, no port when the scheme is https."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme == "https" and parts.port is not None:
        host = host.rpartition(":")[0]
    return urlunsplit(parts._replace(netloc=host, fragment=""))


def credentials(url: str) -> tuple[str, str] | None:
    """User and password in ``url``, for basic authentication."""
    parts = urlsplit(url)
    if parts.username is None:
        return None
    return unquote(parts.username), unquote(parts.password or "")


def origin(url: str) -> str:
    """Scheme, host and port of ``url``."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def moved(url: str, public: str, listener: str) -> str:
    """``url`` as it is reached: at ``listener`` when it is one of the origin ``public``."""
    if origin(url) != origin(public):
        return url
    there: SplitResult = urlsplit(listener)
    return urlunsplit(urlsplit(url)._replace(scheme=there.scheme, netloc=there.netloc))
