"""What a page brings back with the next thing that happens on a played call, signed."""

from __future__ import annotations

import hashlib
import hmac
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import TYPE_CHECKING, Any

import orjson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAC_BYTES = 16
LONGEST = 65_536  # characters; six turns of the longest speech take less than half of it


class TextTokens:
    """Writes and reads tokens ``body.mac``: any worker can go on, and none keeps anything.

    The MAC covers company and user: a token is worth nothing to anybody else, or elsewhere.
    """

    def __init__(self, secrets: Sequence[bytes]) -> None:
        """The first secret signs, any is believed: conversations outlive a change of key."""
        self._keys = [hmac.digest(secret, b"text tokens", "sha256") for secret in secrets]

    def write(self, data: Mapping[str, Any], company: str, user: str) -> str:
        """The token of a JSON object."""
        body = urlsafe_b64encode(zlib.compress(orjson.dumps(dict(data)))).decode()
        return f"{body}.{_mac(self._keys[0], body, company, user)}"

    def read(self, token: str, company: str, user: str) -> Mapping[str, Any] | None:
        """What is in a token; None when it is forged, somebody else's, too long or none at all."""
        body, _, mac = token.rpartition(".")
        if not body or len(token) > LONGEST:
            return None
        given = mac.encode("utf-8", "surrogatepass")
        macs = [_mac(key, body, company, user).encode() for key in self._keys]
        if True not in [hmac.compare_digest(given, expected) for expected in macs]:
            return None
        try:
            data: Mapping[str, Any] = orjson.loads(zlib.decompress(urlsafe_b64decode(body)))
        except (Error, zlib.error, orjson.JSONDecodeError):  # another version's
            return None
        return data


def _mac(key: bytes, body: str, company: str, user: str) -> str:
    text = "\n".join((str(len(company)), company, str(len(user)), user, body))
    whole = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2s(whole, key=key, digest_size=MAC_BYTES).hexdigest()
