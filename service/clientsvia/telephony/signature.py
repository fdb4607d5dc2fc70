"""Twilio's request signature: made with ``sign``, judged with ``verify``.

``verify`` takes several tokens while one is being replaced, and refuses where twilio-python
raises or looks away: a missing signature, an empty token, a hash of a body it was not shown.
"""

from clientsvia._core import sign, verify

__all__ = ["sign", "verify"]
