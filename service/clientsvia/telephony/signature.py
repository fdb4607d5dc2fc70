"""Twilio's request signature: made with ``sign``, judged with ``verify``.

``verify`` takes several tokens while one is being replaced. On well-formed input it accepts what
twilio-python's ``RequestValidator`` accepts and nothing else, but where that library is at odds
with what Twilio signs:

- User, password and fragment never count; there they stay in the URL.
- An IPv6 address keeps its brackets when its port is dropped.
- A WebSocket may be signed with another last slash, and a ``wss`` one with port 443.
- ``bodySHA256`` needs the body's bytes, or no body; there parameters pass without a look at it.
- A missing signature and an empty token match nothing; there one raises and the other matches.
- Parameters may be a ``Form``, pairs, or a mapping to strings or lists of strings.
"""

from clientsvia._core import sign, verify

__all__ = ["sign", "verify"]
