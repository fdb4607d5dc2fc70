"""Signatures by which owners know that a webhook is ours, as Standard Webhooks has them."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PREFIX = "whsec_"
_PURPOSE = b"clientsvia webhook of an owner\0"


class WebhookSecrets:
    """A secret for each company, derived from the service's keys: nothing of it is stored."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = tuple(keys)

    def of(self, company: str) -> Sequence[str]:
        """As receivers are given them, the newest first: one for each key of the service."""
        return [PREFIX + base64.b64encode(key).decode() for key in self._derived(company)]

    def headers(self, company: str, identity: str, timestamp: int, body: bytes) -> dict[str, str]:
        """What is sent with a body; one signature for each key, so that keys can be changed."""
        signed = f"{identity}.{timestamp}.".encode() + body
        digests = (hmac.digest(key, signed, hashlib.sha256) for key in self._derived(company))
        return {
            "webhook-id": identity,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": " ".join(f"v1,{base64.b64encode(d).decode()}" for d in digests),
        }

    def _derived(self, company: str) -> Sequence[bytes]:
        told = _PURPOSE + company.encode()
        return [hmac.digest(key, told, hashlib.sha256) for key in self._keys]
