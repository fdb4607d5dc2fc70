"""Telephone numbers and caller ids.

The functions are the core's own, so that a call costs one hop; ``help()`` shows their contracts.
"""

from clientsvia._core import caller_kind, classify, normalize, redact

__all__ = ["caller_kind", "classify", "normalize", "redact"]
