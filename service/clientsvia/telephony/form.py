"""A webhook's body or query string, from bytes to parameters in one pass.

The reader is lenient where browsers are (a lone ``%`` stays, invalid UTF-8 becomes U+FFFD), so
that one odd parameter neither loses the call nor changes what Twilio signed. Size is not lenient:
over 64 KiB or 1,000 parameters ``parse_form`` raises ``InvalidForm`` with its HTTP status.
"""

from clientsvia._core import Form, parse_form

__all__ = ["Form", "parse_form"]
