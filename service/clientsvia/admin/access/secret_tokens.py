"""Secrets that are made here and shown once: of sessions, one-time links and API tokens."""

from __future__ import annotations

import hashlib
import secrets

_BYTES = 32
_ID_BYTES = 8


def new_token(prefix: str = "") -> str:
    """256 random bits as text that may stand in a URL."""
    return prefix + secrets.token_urlsafe(_BYTES)


def new_id() -> str:
    """A name for what is kept, which opens nothing."""
    return secrets.token_hex(_ID_BYTES)


def digest_of(token: str) -> str:
    """What is kept of a token, and looked up by.

    A token has no pattern to guess, so that one fast hash is enough; and how long a look-up takes
    tells something about digests alone, which nobody can choose.
    """
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def form_token_of(session_token: str) -> str:
    """What a session's forms must bring: known only to who has the session, and no session."""
    return digest_of(f"form {session_token}")
