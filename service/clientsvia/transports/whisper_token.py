"""Who is rung for which call, as a signed query parameter: the leg that is rung is another call."""

from __future__ import annotations

import hashlib
import hmac
from typing import TYPE_CHECKING

from clientsvia.calls.ringing.whispering import Whisper

if TYPE_CHECKING:
    from collections.abc import Sequence

PARAMETER = "whisper"
MAC_BYTES = 16
FIELDS = 6


class WhisperTokens:
    """Writes and reads tokens ``company.turn.target.urgent.unverified.call-sid.mac``.

    Twilio sends the CallSid of the leg that is rung, and not always that of the caller's: the token
    names it. Its key is none of the action URLs', so that neither passes for the other.
    """

    def __init__(self, secrets: Sequence[bytes]) -> None:
        """The first secret signs, any is believed: calls go on while a key is being changed."""
        self._keys = [hmac.digest(secret, b"whisper tokens", "sha256") for secret in secrets]

    def write(self, whisper: Whisper) -> str:
        """The token of one ring."""
        flags = ("u" if flag else "" for flag in (whisper.urgent, whisper.unverified))
        fields = (whisper.company, str(whisper.turn), whisper.target, *flags, whisper.call_sid)
        payload = ".".join(fields)
        return f"{payload}.{_mac(self._keys[0], payload)}"

    def read(self, token: str) -> Whisper | None:
        """The ring that ``token`` names; None when it is forged, or none at all."""
        payload, _, mac = token.rpartition(".")
        genuine = [
            hmac.compare_digest(mac.encode(), _mac(key, payload).encode()) for key in self._keys
        ]
        fields = payload.split(".", FIELDS - 1)  # a sid may hold dots
        if not any(genuine) or len(fields) != FIELDS:
            return None
        company, turn, target, urgent, unverified, call_sid = fields
        return Whisper(company, call_sid, int(turn), target, bool(urgent), bool(unverified))


def _mac(key: bytes, payload: str) -> str:
    text = payload.encode("utf-8", "surrogatepass")
    return hashlib.blake2s(text, key=key, digest_size=MAC_BYTES).hexdigest()
