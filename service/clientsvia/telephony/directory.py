"""Called numbers to their owners, in memory.

``NumberDirectory[T].get`` answers with the owner's value, with ``False`` for a number that is
known to be nobody's, and with ``None`` when the store must be asked. An owner's value and all its
numbers are swapped at once and invalidated at once; a flood of unknown numbers evicts no owner.
A value is anything but ``None`` and ``False``. Safe to share between threads.
"""

from clientsvia._core import Directory as NumberDirectory

__all__ = ["NumberDirectory"]
