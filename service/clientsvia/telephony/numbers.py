"""Telephone numbers and caller ids.

The functions are the core's own, so that a call costs one hop; ``help()`` shows their contracts.
``normalize`` is for what is compared and stored, ``parse`` for what is shown or judged: region,
kind, national and international form.
"""

from clientsvia._core import PhoneNumber, caller_kind, classify, normalize, parse, redact

__all__ = ["PhoneNumber", "caller_kind", "classify", "normalize", "parse", "redact"]
